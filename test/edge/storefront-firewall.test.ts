import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  FirewallMode,
  GeographicRule,
  RateLimit,
  RequestClass,
  RequestMatcher,
  RuleAction,
  StorefrontFirewall,
  type StorefrontFirewallProps,
  Waiver,
} from '../../lib';
import { building, firewallIn, firewallTemplate, ruleWith, rulesWith, shop } from '../support/firewall';
import { foreignStack } from '../support/stack';

const { requestClasses } = shop;
const loginForm = shop.loginForm!;
const owner = 'platform@acme.example';
const waiver = Waiver.because('Shoppers in our market browse through VPNs', { owner });
const names = (props?: StorefrontFirewallProps): string[] => rulesWith(props).map(({ Name }) => Name);

describe('the rules', () => {
  test('come in the order of their price, and requests are recognised first', () => {
    const everything = {
      requestClasses,
      geography: GeographicRule.allExcept('KP'),
      antiDdos: {},
      accountTakeover: { loginForm },
      accountCreationFraud: { signUpForm: loginForm, pagePath: '/register' },
      botControl: {},
      rateLimits: { admin: RateLimit.byAddress(500) },
    };
    expect(names(everything)).toEqual([
      ...['LabelLogin', 'LabelSignUp', 'LabelCheckout', 'LabelAdmin', 'LabelWebhook', 'LabelUpload', 'LabelAssets'],
      ...['Geography', 'IpReputation'],
      ...['LimitTotal', 'LimitSensitive', 'LimitLogin', 'LimitSignUp', 'LimitCheckout', 'LimitAdmin'],
      ...['AntiDdos', 'KnownBadInputs', 'CommonRules', 'CommonRulesForBodies', 'SqlInjection', 'AnonymousIpList'],
      ...['AccountTakeover', 'AccountCreationFraud', 'BotControl'],
    ]);
  });

  test('of a shop nobody described are the groups of AWS and a limit for all', () => {
    expect(names()).toEqual([
      ...['IpReputation', 'LimitTotal', 'KnownBadInputs', 'CommonRules', 'SqlInjection', 'AnonymousIpList'],
    ]);
  });

  test('refuse: no group is told to count, and what counts only labels', () => {
    const decisions = rulesWith({ requestClasses }).map(({ Name, Action, OverrideAction, RuleLabels }) => {
      const blocks = Action?.Block !== undefined || JSON.stringify(OverrideAction) === '{"None":{}}';
      return [Name, RuleLabels === undefined ? blocks : !blocks];
    });
    expect(decisions.filter(([, right]) => !right)).toEqual([]);
  });

  test('have room between them', () => {
    const priorities = rulesWith({ requestClasses }).map(({ Priority }) => Priority);
    expect(priorities).toEqual(priorities.map((_, index) => 10 * index));
  });

  test('follow the versions of AWS', () => {
    expect(JSON.stringify(rulesWith({ requestClasses }))).not.toContain('"Version"');
  });

  test('answer a refused request without saying why', () => {
    firewallTemplate({ requestClasses }).hasResourceProperties('AWS::WAFv2::WebACL', {
      CustomResponseBodies: {
        refused: { Content: 'This request was refused.', ContentType: 'TEXT_PLAIN' },
        slowDown: { Content: 'Too many requests. Please try again in a few minutes.', ContentType: 'TEXT_PLAIN' },
      },
    });
  });
});

describe('one rule that counts', () => {
  test('lets the rest of its group refuse', () => {
    const rule = ruleWith('AnonymousIpList', { anonymousIpList: RuleAction.count(waiver, 'HostingProviderIPList') });
    expect(rule.OverrideAction).toEqual({ None: {} });
    expect(rule.Statement.ManagedRuleGroupStatement?.RuleActionOverrides).toEqual([
      { Name: 'HostingProviderIPList', ActionToUse: { Count: {} } },
    ]);
  });

  test('may be a limit', () => {
    const props = { requestClasses, rateLimiting: RuleAction.count(waiver, 'LimitLogin') };
    expect(ruleWith('LimitLogin', props).Action).toEqual({ Count: {} });
    expect(ruleWith('LimitCheckout', props).Action).toHaveProperty('Block');
  });

  test('may be about bodies', () => {
    const commonRules = RuleAction.count(waiver, 'CrossSiteScripting_BODY');
    const rule = ruleWith('CommonRulesForBodies', { requestClasses, commonRules });
    expect(JSON.stringify(rule)).toContain('SizeRestrictions_Body');
    expect(JSON.stringify(rule)).not.toContain('CrossSiteScripting_Body');
  });

  test('has to exist, because AWS ignores a name that does not', () => {
    expect(building({ sqlInjection: RuleAction.count(waiver, 'SQLi_Body') })).toThrow(
      /sqlInjection is \["SQLi_Body"\]; it must name rules among SQLi_QUERYARGUMENTS, .*\[FirewallRuleUnknown\]/,
    );
    expect(building({ rateLimiting: RuleAction.count(waiver, 'LimitAdmin') })).toThrow('[FirewallRuleUnknown]');
  });
});

describe('a cut-over', () => {
  const until = (day: string): Waiver => Waiver.because('We move the shop and watch first', { owner, until: day });

  test('counts everything', () => {
    const mode = FirewallMode.observe(until('2026-12-14'));
    const geography = GeographicRule.only('PH');
    for (const rule of rulesWith({ requestClasses, geography, botControl: {}, antiDdos: {}, mode })) {
      expect([rule.Name, rule.OverrideAction ?? rule.Action]).toEqual([rule.Name, { Count: {} }]);
    }
  });

  test('lasts 21 days at most, and has an end', () => {
    const bound = /mode\.until is .*; it must be a day at most 21 days from 2026-11-23\..*\[ObservationTooLong\]/;
    expect(building({ mode: FirewallMode.observe(until('2026-12-15')) })).toThrow(bound);
    expect(building({ mode: FirewallMode.observe(waiver) })).toThrow(bound);
  });

  test('stops the app the day after', () => {
    const stack = foreignStack();
    firewallIn(stack, { mode: FirewallMode.observe(until('2026-11-22')) });
    expect(() => Template.fromStack(stack)).toThrow(/waiver of 'firewall\.blocking' ended on 2026-11-22/);
  });

  test('can be prolonged in an emergency', () => {
    const stack = foreignStack({}, { emergency: 'The old shop is down' });
    firewallIn(stack, { mode: FirewallMode.observe(until('2026-11-22')) });
    Annotations.fromStack(stack).hasWarning(
      '/Foreign/Firewall',
      Match.stringLikeRegexp('Going on because of an emergency'),
    );
  });
});

describe('capacity', () => {
  const capacityWith = (props: StorefrontFirewallProps): number => firewallIn(foreignStack(), props).capacity;

  test('of a Medusa shop is within the base price', () => {
    expect(capacityWith({})).toBe(25 + 2 + 200 + 700 + 200 + 50);
    expect(capacityWith({ requestClasses })).toBeLessThanOrEqual(1500);
  });

  test('over 1,500 units is warned of, with what it costs', () => {
    const stack = foreignStack();
    firewallIn(stack, { requestClasses, antiDdos: {}, accountTakeover: { loginForm } });
    Annotations.fromStack(stack).hasWarning(
      '/Foreign/Firewall',
      Match.stringLikeRegexp(
        'The rules need 1598 capacity units, 98 more .* about 0\\.20 USD more for a million requests',
      ),
    );
  });

  test('within 1,500 units is not', () => {
    const stack = foreignStack();
    firewallIn(stack, { requestClasses });
    Annotations.fromStack(stack).hasNoWarning('/Foreign/Firewall', Match.anyValue());
  });

  test('over 5,000 units is refused', () => {
    const many = Array.from({ length: 150 }, (_, index) => RequestMatcher.path('/').query('page', `${index}`));
    expect(building({ requestClasses: [RequestClass.checkout(...many)] })).toThrow(
      /requestClasses is \d+; it must need at most 5000 capacity units.*\[WebAclCapacityExceeded\]/,
    );
  });
});

describe('alarms', () => {
  const alarmsWith = (props: StorefrontFirewallProps): Record<string, unknown>[] => {
    const stack = foreignStack();
    firewallIn(stack, { alerts: new AlertTopics(stack, 'Alerts'), ...props });
    const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm', {
      Properties: { Namespace: 'AWS/WAFV2' },
    });
    return Object.values(alarms).map(({ Properties }) => Properties as Record<string, unknown>);
  };

  test('watch logins, checkouts and everything, by the dimensions that metrics of CloudFront have', () => {
    const template = firewallTemplate({ requestClasses });
    const webAcl = Object.values(template.findResources('AWS::WAFv2::WebACL'))[0] as {
      Properties: { VisibilityConfig: { MetricName: string } };
    };
    const WebACL = webAcl.Properties.VisibilityConfig.MetricName;
    const alarms = alarmsWith({ requestClasses });
    expect(alarms.map(({ MetricName, Dimensions, Threshold }) => [MetricName, Dimensions, Threshold])).toEqual(
      [
        ['LimitLogin', 100],
        ['LimitCheckout', 100],
        ['ALL', 5000],
      ].map(([Rule, threshold]) => [
        'BlockedRequests',
        [
          { Name: 'Rule', Value: Rule },
          { Name: 'WebACL', Value: WebACL },
        ],
        threshold,
      ]),
    );
  });

  test('watch no limit that is not there', () => {
    expect(alarmsWith({ refusedRequestsAlarm: 10 }).map(({ Threshold }) => Threshold)).toEqual([10]);
  });

  test('of two firewalls in one account do not watch each other', () => {
    const stack = foreignStack();
    const [one, other] = ['One', 'Other'].map((id) => new StorefrontFirewall(stack, id).metricRefused().dimensions);
    expect(one).not.toEqual(other);
  });

  test('are not created when nobody is told', () => {
    firewallTemplate({ requestClasses }).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });
});

describe('the web ACL', () => {
  test('is never replaced: it has no name, its scope is fixed, and its logical id does not follow how it is built', () => {
    const template = firewallTemplate({ requestClasses });
    template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT', Name: Match.absent() });
    expect(Object.keys(template.findResources('AWS::WAFv2::WebACL'))).toEqual(['FirewallWebAcl']);
  });

  test('lets through what no rule refuses', () => {
    firewallTemplate().hasResourceProperties('AWS::WAFv2::WebACL', { DefaultAction: { Allow: {} } });
  });

  test('is refused outside us-east-1, where CloudFront would not find it', () => {
    const stack = foreignStack({ env: { region: 'eu-central-1' } });
    expect(() => firewallIn(stack, {})).toThrow(/region is "eu-central-1"; it must be us-east-1.*\[NotInUsEast1\]/);
    expect(() => firewallIn(foreignStack({ env: { region: 'us-east-1' } }), {})).not.toThrow();
  });

  test('shares solved challenges between hosts that are named', () => {
    firewallTemplate({ tokenDomains: ['acme.example'] }).hasResourceProperties('AWS::WAFv2::WebACL', {
      TokenDomains: ['acme.example'],
    });
  });
});

test('every mistake is reported at once', () => {
  const props = {
    mode: FirewallMode.observe(waiver),
    geography: GeographicRule.only('UK'),
    rateLimits: { login: RateLimit.byAddress(5) },
    knownBadInputs: RuleAction.count(waiver, 'Log4J'),
  };
  const codes = ['ObservationTooLong', 'CountryUnknown', 'RateLimitTooLow', 'FirewallRuleUnknown'];
  expect(building(props)).toThrow(new RegExp(codes.map((code) => `\\[${code}\\]`).join('[^]*')));
});
