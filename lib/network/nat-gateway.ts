import { Duration, Token } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnNatGateway } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import type { EgressNetwork } from './egress-ref';

/** For whom addresses are translated, and into which. */
export interface NatGatewayProps {
  /** The network. */
  readonly network: EgressNetwork;
  /** Allocation ids, one for each zone. @default - addresses of AWS's own */
  readonly addresses?: readonly string[];
}

/**
 * A regional NAT gateway: one resource that serves every zone and needs no public subnet, because it has a route table
 * of its own that leads to the internet gateway.
 */
export class NatGateway extends Construct {
  /** The gateway. */
  public readonly resource: CfnNatGateway;

  public constructor(scope: Construct, id: string, { network, addresses }: NatGatewayProps) {
    super(scope, id);
    this.checkAddresses(network, addresses);
    this.resource = new CfnNatGateway(this, 'Resource', {
      vpcId: network.vpc.vpcId,
      availabilityMode: 'regional',
      connectivityType: 'public',
      availabilityZoneAddresses: addresses?.map((allocationId, index) => ({
        availabilityZone: network.zones[index].availabilityZone,
        allocationIds: [allocationId],
      })),
    });
    this.resource.node.addDependency(network.foundations);
    this.watch(network.alerts);
  }

  private checkAddresses({ zones }: EgressNetwork, addresses: readonly string[] | undefined): void {
    const problems = new Problems(`Egress at ${this.node.path}`);
    const literal = addresses?.filter((address) => !Token.isUnresolved(address)) ?? [];
    problems.require(addresses === undefined || addresses.length === zones.length, {
      code: 'EgressAddressesCount',
      property: 'addresses',
      value: addresses,
      bound: `be ${zones.length} allocations, one for each Availability Zone of the network`,
      remedy: 'Allocate an Elastic IP address for each zone, or leave addresses out.',
    });
    problems.require(
      literal.every((address) => address.startsWith('eipalloc-')) && new Set(literal).size === literal.length,
      {
        code: 'EgressAddressMalformed',
        property: 'addresses',
        value: addresses,
        bound: 'be different allocation ids, like eipalloc-0123456789abcdef0',
        remedy: 'Give the allocation id of each Elastic IP address, not the address.',
      },
    );
    problems.throwIfAny();
  }

  private watch(alerts: IAlertTopics | undefined): void {
    const metric = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/NATGateway',
        metricName,
        dimensionsMap: { NatGatewayId: this.resource.attrNatGatewayId },
        statistic: 'sum',
        period: Duration.minutes(5),
      });
    addAlarm(this, 'PortsAlarm', alerts, {
      urgency: 'urgent',
      metric: metric('ErrorPortAllocation'),
      threshold: 1,
      evaluationPeriods: 1,
      description:
        'The shop cannot open more connections to one destination: its NAT gateway has no free port. Find the ' +
        'destination in the flow logs, and let the shop keep its connections to it open.',
    });
    addAlarm(this, 'DroppedAlarm', alerts, {
      urgency: 'notice',
      metric: metric('PacketsDropCount'),
      threshold: 100,
      evaluationPeriods: 3,
      description:
        'The NAT gateway drops packets on their way out. See the AWS Health Dashboard; if nothing is reported there, ' +
        'open a case with AWS Support.',
    });
  }
}
