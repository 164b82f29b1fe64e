import { byUse, charge, fixed, times, unknown, type Charge, type Estimates } from '../charge';
import { priceNamed, type PriceName } from '../price-list';
import { at, countOf, listOf, type StackResources, type TemplateResource } from '../template';
import { ASSUMPTIONS, type Traffic } from '../traffic';
import { delivered } from './network';

/** What stands before the shop. */
export const EDGE: Estimates = {
  'AWS::CloudFront::Distribution': (_, __, { requests, gigabytesToBrowsers }) => [
    charge('CloudFront', 'cloudFrontRequests', requests / 1e6),
    charge('CloudFront', 'cloudFrontGigabyte', gigabytesToBrowsers),
  ],
  'AWS::CloudFront::Function': (_, __, { requests }) => [charge('CloudFront', 'cloudFrontFunction', requests / 1e6)],
  'AWS::CloudFront::MonitoringSubscription': fixed('CloudFront metrics', 'distributionMetrics'),
  'AWS::Logs::Delivery': (_, __, { gigabytesOfAccessLog, monthsKept }) =>
    delivered('access logs', gigabytesOfAccessLog, monthsKept),
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::WAFv2::RuleGroup': ({ properties }) => [charge('WAF', 'webAclRule', countOf(properties.Rules))],
  'AWS::WAFv2::LoggingConfiguration': (_, __, { gigabytesOfRefusals, monthsKept }) => [
    charge('log of the firewall', 'logGigabyte', gigabytesOfRefusals),
    charge('log of the firewall', 'logStorageGigabyte', gigabytesOfRefusals * monthsKept),
  ],
};

function webAcl({ properties }: TemplateResource, _: StackResources, traffic: Traffic): Charge[] {
  const groups = listOf(properties.Rules).map((rule) => at(rule, 'Statement', 'ManagedRuleGroupStatement'));
  return [
    { what: 'WAF', price: 'webAcl', units: 1 },
    charge('WAF', 'webAclRule', countOf(properties.Rules)),
    charge('WAF', 'webAclRequests', traffic.requests / 1e6),
    ...groups.flatMap((group) => ruleGroup(group, traffic)),
  ];
}

/** What a group of a vendor costs beyond its rule: a monthly fee and one for what it looks at. */
function ruleGroup(group: unknown, traffic: Traffic): Charge[] {
  const name = at(group, 'Name');
  if (group !== undefined && at(group, 'VendorName') !== 'AWS') {
    return [unknown('WAF', 'the vendor of a rule group says what it costs')];
  }
  const fee = typeof name === 'string' ? priceNamed(name) : undefined;
  return fee === undefined ? [] : [{ what: 'WAF', price: fee, units: 1 }, ...inspection(fee, group, traffic)];
}

function inspection(group: PriceName, statement: unknown, { requests, orders }: Traffic): Charge[] {
  switch (group) {
    case 'AWSManagedRulesAntiDDoSRuleSet':
      return [charge('WAF', 'antiDdosRequests', requests / 1e6)];
    case 'AWSManagedRulesATPRuleSet':
      return [charge('WAF', 'loginAttempts', (orders * ASSUMPTIONS.loginsAnOrder.value) / 1000)];
    case 'AWSManagedRulesACFPRuleSet':
      return [charge('WAF', 'signUpAttempts', (orders * ASSUMPTIONS.signUpsAnOrder.value) / 1000)];
    case 'AWSManagedRulesBotControlRuleSet':
      return [
        isTargeted(statement)
          ? byUse('WAF', 'botControlRequests', 'ten times as much at the targeted level')
          : charge('WAF', 'botControlRequests', times(requests, 1e-6)),
      ];
    default:
      return [];
  }
}

function isTargeted(statement: unknown): boolean {
  return JSON.stringify(at(statement, 'ManagedRuleGroupConfigs') ?? '').includes('"TARGETED"');
}
