import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnFirewallDomainList,
  CfnFirewallRuleGroup,
  CfnFirewallRuleGroupAssociation,
} from 'aws-cdk-lib/aws-route53resolver';
import { Construct, type IDependable } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { innerAwsNames, publicAwsNames } from './aws-names';
import { isWildcard, type EgressDestination } from './egress-destination';
import type { EgressNetwork } from './egress-ref';

/** Which names a network may resolve. */
export interface DnsFirewallProps {
  /** The network. */
  readonly network: EgressNetwork;
  /** Names outside that are answered. @default - every name is answered that does not look like an attack */
  readonly destinations?: readonly EgressDestination[];
  /** What else the egress creates: the filter is protected against removal, so it comes last. */
  readonly after: IDependable;
}

type FirewallRule = CfnFirewallRuleGroup.FirewallRuleProperty;

/** Where the rules stand; AWS demands more than 100 for the group itself. */
const PRIORITY = { aws: 10, threats: 20, destinations: 30, everything: 100, group: 101 };

/**
 * Decides which names the VPC's resolver answers: those of AWS that the shop needs, and the destinations. Anything else
 * gets an empty answer. A query that cannot be judged is refused: that is how DNS Firewall behaves unless told otherwise.
 *
 * Every egress has one, at the same place: what is protected against removal must not move when the egress changes.
 */
export class DnsFirewall extends Construct {
  /** The rules, in the order in which a look-up meets them. */
  public readonly ruleGroup: CfnFirewallRuleGroup;
  /** What ties the rules to the VPC. */
  public readonly association: CfnFirewallRuleGroupAssociation;

  public constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const { network, destinations, after } = props;
    if (destinations === undefined) {
      this.ruleGroup = this.createRuleGroup(threatRules());
    } else {
      const everything = this.createList('Everything', ['*']);
      this.ruleGroup = this.createRuleGroup(this.allowListRules(destinations, everything));
      this.watch(everything, network.alerts);
    }
    this.association = this.associate(network);
    this.association.node.addDependency(network.foundations, after);
  }

  private allowListRules(
    destinations: readonly EgressDestination[],
    everything: CfnFirewallDomainList,
  ): FirewallRule[] {
    const stack = Stack.of(this);
    const aws = this.createList('AwsNames', [...publicAwsNames(stack), ...innerAwsNames(stack)]);
    const rules = [allow(aws, PRIORITY.aws)];
    if (destinations.some(isWildcard)) {
      rules.push(...threatRules());
    }
    if (destinations.length > 0) {
      const names = destinations.map(({ domain }) => domain);
      rules.push(allow(this.createList('Destinations', names), PRIORITY.destinations));
    }
    return [...rules, block({ firewallDomainListId: everything.attrId }, PRIORITY.everything)];
  }

  private createRuleGroup(firewallRules: FirewallRule[]): CfnFirewallRuleGroup {
    return new CfnFirewallRuleGroup(this, 'RuleGroup', { firewallRules });
  }

  private createList(id: string, domains: string[]): CfnFirewallDomainList {
    return new CfnFirewallDomainList(this, id, { domains });
  }

  private associate({ vpc, changeProtection }: EgressNetwork): CfnFirewallRuleGroupAssociation {
    return new CfnFirewallRuleGroupAssociation(this, 'Association', {
      vpcId: vpc.vpcId,
      firewallRuleGroupId: this.ruleGroup.attrId,
      priority: PRIORITY.group,
      mutationProtection: changeProtection ? 'ENABLED' : 'DISABLED',
    });
  }

  private watch(everything: CfnFirewallDomainList, alerts: IAlertTopics | undefined): void {
    addAlarm(this, 'BlockedAlarm', alerts, {
      urgency: 'notice',
      metric: new Metric({
        namespace: 'AWS/Route53Resolver',
        metricName: 'FirewallRuleQueryVolume',
        dimensionsMap: { FirewallRuleGroupId: this.ruleGroup.attrId, FirewallDomainListId: everything.attrId },
        statistic: 'sum',
        period: Duration.hours(1),
      }),
      // One stray look-up is noise; code that wants to reach something tries again and again.
      threshold: 20,
      evaluationPeriods: 1,
      description:
        'Something in the network keeps asking for names that are no destination. Find them in the DNS query logs ' +
        '(firewall_rule_action BLOCK): add a vendor that is missing, or find out what runs there.',
    });
  }
}

/** The chain of names behind a destination is its owner's business: a list of it would break with every move. */
function allow(list: CfnFirewallDomainList, priority: number): FirewallRule {
  const firewallDomainRedirectionAction = 'TRUST_REDIRECTION_DOMAIN';
  return { action: 'ALLOW', firewallDomainListId: list.attrId, firewallDomainRedirectionAction, priority };
}

/**
 * Names that look generated, or that carry data out letter by letter. An exact destination can be neither; below a
 * wildcard, and where everything is answered, names can be chosen by whoever asks.
 */
function threatRules(): FirewallRule[] {
  return ['DGA', 'DNS_TUNNELING'].map((dnsThreatProtection, index) =>
    block({ dnsThreatProtection, confidenceThreshold: 'HIGH' }, PRIORITY.threats + index),
  );
}

function block(
  what: Pick<FirewallRule, 'firewallDomainListId' | 'dnsThreatProtection' | 'confidenceThreshold'>,
  priority: number,
): FirewallRule {
  return { ...what, action: 'BLOCK', blockResponse: 'NODATA', priority };
}
