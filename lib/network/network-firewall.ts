import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnFirewall, CfnFirewallPolicy, CfnLoggingConfiguration, CfnRuleGroup } from 'aws-cdk-lib/aws-networkfirewall';
import type { CfnFirewallRuleGroup } from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm } from '../core/alerts';
import { physicalName } from '../core/physical-names';
import { publicAwsNames } from './aws-names';
import type { EgressDestination } from './egress-destination';
import type { EgressNetwork } from './egress-ref';
import { firewallLogDestinations } from './network-logs';

/** What passes a firewall, and where it stands. */
export interface NetworkFirewallProps {
  /** The network. */
  readonly network: EgressNetwork;
  /** Where the firewall's endpoints stand, one subnet in each zone. */
  readonly subnets: readonly CfnSubnet[];
  /** Names outside that pass. */
  readonly destinations: readonly EgressDestination[];
  /** The names that the VPC's resolver answers, and so the addresses a connection may go to. */
  readonly dnsRuleGroup: CfnFirewallRuleGroup;
}

/** Reserved rules, two for each name. It can never be changed, and costs nothing. */
const CAPACITY = 2_000;

/**
 * A firewall that passes a TLS connection only when it names an allowed domain *and* goes to an address that the VPC's
 * resolver gave for that domain. Everything else is dropped, what it does not understand included.
 */
export class NetworkFirewall extends Construct {
  /** The firewall. */
  public readonly resource: CfnFirewall;

  public constructor(scope: Construct, id: string, props: NetworkFirewallProps) {
    super(scope, id);
    const rules = this.createRules(props);
    const policy = this.createPolicy(rules, props);
    this.resource = this.createFirewall(policy, props);
    this.log(props);
    this.watch(props);
  }

  private createRules({ destinations }: NetworkFirewallProps): CfnRuleGroup {
    const names = [...publicAwsNames(Stack.of(this)), ...destinations.map(({ domain }) => domain)];
    const rules = new CfnRuleGroup(this, 'Rules', {
      ruleGroupName: physicalName(this, 'networkFirewallRules'),
      description: 'The names to which a TLS connection may be made',
      type: 'STATEFUL',
      capacity: CAPACITY,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: 'ALLOWLIST',
            // Together they mean both: a name in the handshake alone can be forged.
            targetTypes: ['TLS_SNI', 'AWS_ROUTE_53_RESOLVED_DOMAIN'],
            targets: names.map((name) => name.replace(/^\*/, '')),
          },
        },
      },
    });
    acknowledge(rules, {
      rules: ['CloudFormation-Validate-W3030'],
      because: 'The validator does not know the target type AWS_ROUTE_53_RESOLVED_DOMAIN yet; Network Firewall does.',
    });
    return rules;
  }

  private createPolicy(rules: CfnRuleGroup, { dnsRuleGroup }: NetworkFirewallProps): CfnFirewallPolicy {
    const policy = new CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: physicalName(this, 'networkFirewallPolicy'),
      description: 'Lets nothing pass but TLS connections to allowed names',
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'REJECT' },
        statefulRuleGroupReferences: [{ resourceArn: rules.attrRuleGroupArn, priority: 1 }],
        // Not aws:drop_established: it judges the first packet, and a post-quantum handshake takes two.
        statefulDefaultActions: ['aws:drop_established_app_layer', 'aws:alert_established_app_layer'],
      },
    });
    policy.addPropertyOverride('FirewallPolicy.Route53ResolvedIPValidation', {
      Action: 'REJECT',
      DNSFirewallRuleGroupId: dnsRuleGroup.attrId,
      // A connection outlives the record that led to it; ending it would cut payments off half-way.
      DNSExpiryExceptionPolicy: 'CONTINUE',
    });
    acknowledge(policy, {
      rules: ['CloudFormation-Validate-F3002'],
      because: 'The validator does not know the property Route53ResolvedIPValidation yet; CloudFormation does.',
    });
    return policy;
  }

  private createFirewall(policy: CfnFirewallPolicy, { network, subnets }: NetworkFirewallProps): CfnFirewall {
    const firewall = new CfnFirewall(this, 'Firewall', {
      firewallName: physicalName(this, 'networkFirewall'),
      firewallPolicyArn: policy.attrFirewallPolicyArn,
      vpcId: network.vpc.vpcId,
      subnetMappings: subnets.map(({ attrSubnetId }) => ({ subnetId: attrSubnetId, ipAddressType: 'IPV4' })),
      deleteProtection: network.changeProtection,
      subnetChangeProtection: network.changeProtection,
      firewallPolicyChangeProtection: network.changeProtection,
    });
    firewall.node.addDependency(network.foundations);
    return firewall;
  }

  private log({ network }: NetworkFirewallProps): void {
    const { configs, ready } = firewallLogDestinations(this, network);
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      firewallArn: this.resource.attrFirewallArn,
      loggingConfiguration: { logDestinationConfigs: configs },
    });
    logging.node.addDependency(ready);
  }

  private watch({ network }: NetworkFirewallProps): void {
    const dropped = network.zones.map(({ availabilityZone }, index) => [
      `zone${index + 1}`,
      this.dropped(availabilityZone),
    ]);
    addAlarm(this, 'DroppedAlarm', network.alerts, {
      urgency: 'notice',
      metric: new MathExpression({
        label: 'Dropped packets',
        expression: 'SUM(METRICS())',
        usingMetrics: Object.fromEntries(dropped) as Record<string, Metric>,
        period: Duration.hours(1),
      }),
      threshold: 100,
      evaluationPeriods: 1,
      description:
        'Something in the network keeps trying to reach what is no destination. Find it in the alert log of the network ' +
        'firewall: add a vendor that is missing, or find out what runs there.',
    });
  }

  private dropped(availabilityZone: string): Metric {
    return new Metric({
      namespace: 'AWS/NetworkFirewall',
      metricName: 'DroppedPackets',
      dimensionsMap: {
        FirewallName: this.resource.firewallName,
        AvailabilityZone: availabilityZone,
        Engine: 'Stateful',
      },
      statistic: 'sum',
      period: Duration.hours(1),
    });
  }
}
