import { Stack, Token } from 'aws-cdk-lib';
import { Port, type IConnectable, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnResolverDNSSECConfig } from 'aws-cdk-lib/aws-route53resolver';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { disposalOf } from '../core/disposal';
import { stateEgress } from '../core/egress-metadata';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import type { LogStore } from '../core/log-store';
import { DataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { DataKey } from '../encryption/data-key';
import { checkZones, placesFor } from './availability-zones';
import { checkCidr, planCidr, type CidrPlan } from './cidr-plan';
import { DnsQueryLog } from './dns-query-log';
import { Egress } from './egress';
import type { BoundEgress, IEgress } from './egress-ref';
import { EndpointGroup } from './endpoint-group';
import { perimeterPolicy, type Perimeter } from './endpoint-policy';
import { ExistingNetwork, type ExistingNetworkProps } from './existing-network';
import { FlowLog } from './flow-log';
import { GatewayEndpoints } from './gateway-endpoints';
import { InterfaceEndpoints } from './interface-endpoints';
import type { LogTarget } from './network-logs';
import type { INetwork } from './network-ref';
import { ZonedVpc } from './zoned-vpc';

/** Where a network stands and what is written down about it: choices that depend on no other part of a store. */
export interface NetworkChoices {
  /**
   * The network's range: private, between /16 and /20. Can never be changed without replacing everything in it.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * How many Availability Zones: 2 or 3. A third leaves two when one fails, and costs half as much again for
   * everything that is paid by zone. It can be added later.
   *
   * @default 2, or as many as there are `availabilityZoneIds`
   */
  readonly availabilityZones?: number;

  /**
   * The Availability Zones by id, `apse1-az1`: two or three. Their order is part of the network: changing it replaces
   * subnets.
   *
   * @default - the first zones of the Region that take a CloudFront VPC origin; in a stack without a Region, the first by
   * name
   */
  readonly availabilityZoneIds?: string[];

  /**
   * Which AWS services have an endpoint inside the VPC. S3 and DynamoDB always have one.
   *
   * @default - `InterfaceEndpoints.none()`
   */
  readonly interfaceEndpoints?: InterfaceEndpoints;

  /**
   * Id of the organisation, `o-…`: endpoints then let through what belongs to any of its accounts.
   *
   * @default - endpoints let through what belongs to this account
   */
  readonly organizationId?: string;

  /**
   * Gives up the record of every connection.
   *
   * @default - all of them are written down, each minute
   */
  readonly withoutFlowLogs?: Waiver;

  /**
   * Gives up the record of every name that is looked up.
   *
   * @default - all of them are written down
   */
  readonly withoutDnsQueryLogs?: Waiver;

  /**
   * Gives up the protection of filters against being removed: the first of two deployments that remove the network or its
   * network firewall, or that change the Availability Zones of that firewall.
   *
   * @default - the DNS firewall and a network firewall cannot be removed or detached
   */
  readonly withoutChangeProtection?: Waiver;
}

/** Where a network stands, what leaves it, and what is written down about it. */
export interface NetworkProps extends NetworkChoices {
  /**
   * What leaves the network, and through what.
   *
   * @default - `Egress.dnsAllowList([])`: AWS services alone
   */
  readonly egress?: IEgress;

  /**
   * Where flow logs, DNS query logs and the logs of a network firewall go. Log delivery is let in by the network.
   *
   * @default - encrypted log groups of the network's own, kept for thirteen months
   */
  readonly logs?: LogStore;

  /**
   * Key for log groups, and for the logs and dead letters of the functions that set the network up.
   *
   * @default - a `DataKey` for logs
   */
  readonly key?: IKey;

  /**
   * Who is told when connections fail for want of ports, and when something tries to reach what it may not.
   *
   * @default - no alarms are created
   */
  readonly alerts?: IAlertTopics;
}

/** The range that most examples use; choose your own before you connect the network to another. */
const DEFAULT_CIDR = '10.0.0.0/16';

/**
 * A VPC in three zones, none of which can be reached from the internet: *data* rests where no route leads out of the
 * VPC, *application* code leaves through the egress alone, and what stands in the *egress* is there only if it is needed.
 *
 * The default security group is closed. Network ACLs keep the zones apart, and refuse mail and name servers outside.
 * Every connection and every look-up is written down, look-ups are checked by DNSSEC, and S3 and DynamoDB are reached
 * through endpoints that let only the account's own data pass.
 *
 * An internet gateway is attached, because CloudFront's VPC origins demand it and the NAT gateway leaves through it. No
 * subnet has a route to it.
 *
 * Subnets are placed by zone id, without asking the account, so that a synthesis needs no credentials. Costs what the
 * egress, the interface endpoints and the logs cost.
 */
export class Network extends Construct implements INetwork {
  /**
   * A network that exists already, checked as far as that can be done from here.
   *
   * @param scope where to place it
   * @param id of the construct
   * @param props the network
   * @throws BaselineError `ExistingSubnetsTooFew`, `ExistingSubnetsShared`, `ExistingSubnetElsewhere`,
   * `ExistingSubnetPublic`
   */
  public static existing(scope: Construct, id: string, props: ExistingNetworkProps): INetwork {
    return new ExistingNetwork(scope, id, props);
  }

  /** The VPC. Its private subnets are the application zone, its isolated ones the data zone. */
  public readonly vpc: IVpc;
  /** Subnets of the application zone. */
  public readonly applicationSubnets: ISubnet[];
  /** Subnets of the data zone. */
  public readonly dataSubnets: ISubnet[];
  /** Depend on it before calling out or adding a VPC origin. */
  public readonly ready: IDependable;
  /** The way out. */
  public readonly egress: IEgress;
  /** What the way out consists of. */
  public readonly boundEgress: BoundEgress;
  /** Which buckets can be reached from the VPC; add a statement for a bucket of somebody else's. */
  public readonly s3EndpointPolicy: PolicyDocument;
  /** Which tables can be reached from the VPC. */
  public readonly dynamoDbEndpointPolicy: PolicyDocument;
  /** What interface endpoints let through, all of them alike. */
  public readonly interfaceEndpointPolicy: PolicyDocument;

  public constructor(scope: Construct, id: string, props: NetworkProps = {}) {
    super(scope, id);
    const { cidr = DEFAULT_CIDR, logs, alerts } = props;
    const { account, region } = Stack.of(this);
    const problems = new Problems(`Network at ${this.node.path}`);
    requireNetwork(problems, region, props);
    problems.throwIfAny();
    const plan = planCidr(cidr);
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS });
    const zones = new ZonedVpc(this, 'Zones', { cidr, plan, places: placesFor({ ...props, region }), key, alerts });
    this.vpc = zones.vpc;
    this.applicationSubnets = zones.vpc.privateSubnets;
    this.dataSubnets = zones.vpc.isolatedSubnets;
    const records = this.createRecords({ key, logs }, props);
    const perimeter = { account, organizationId: props.organizationId };
    const gateways = this.createGatewayEndpoints(perimeter);
    this.s3EndpointPolicy = gateways.s3Policy;
    this.dynamoDbEndpointPolicy = gateways.dynamoDbPolicy;
    this.interfaceEndpointPolicy = perimeterPolicy(perimeter);
    const interfaces = this.createInterfaceEndpoints(plan, props);
    const foundations = new DependencyGroup(zones.complete, ...records, ...gateways.endpoints, ...interfaces);
    this.egress = props.egress ?? Egress.dnsAllowList([]);
    this.boundEgress = this.bindEgress(plan, foundations, key, props);
    this.ready = new DependencyGroup(zones.attachment, this.boundEgress.ready);
  }

  /** Lets `client` call out: TCP 443 to whatever the egress lets pass. */
  public allowEgress(client: IConnectable): void {
    client.connections.allowToAnyIpv4(Port.tcp(443), 'The egress of the network');
  }

  private createRecords(target: LogTarget, { withoutFlowLogs, withoutDnsQueryLogs }: NetworkProps): IDependable[] {
    const { vpcId } = this.vpc;
    target.logs?.letLogDeliveryWrite();
    const records: IDependable[] = [new CfnResolverDNSSECConfig(this, 'Dnssec', { resourceId: vpcId })];
    if (keeps(this, 'network.flow-logs', withoutFlowLogs)) {
      records.push(new FlowLog(this, 'FlowLog', { vpcId, ...target }).resource);
    }
    if (keeps(this, 'network.dns-query-logs', withoutDnsQueryLogs)) {
      records.push(new DnsQueryLog(this, 'DnsQueryLog', { vpcId, ...target }).association);
    }
    return records;
  }

  private createGatewayEndpoints(perimeter: Perimeter): GatewayEndpoints {
    const routeTableIds = this.applicationSubnets.map(({ routeTable }) => routeTable.routeTableId);
    return new GatewayEndpoints(this, 'GatewayEndpoints', { vpcId: this.vpc.vpcId, routeTableIds, perimeter });
  }

  private createInterfaceEndpoints(plan: CidrPlan, { interfaceEndpoints }: NetworkProps): IDependable[] {
    const { services } = interfaceEndpoints ?? InterfaceEndpoints.none();
    if (services.length === 0) {
      return [];
    }
    const group = new EndpointGroup(this, 'InterfaceEndpoints', {
      vpc: this.vpc,
      subnets: this.applicationSubnets,
      callersCidr: plan.application,
      policy: this.interfaceEndpointPolicy,
      services,
    });
    return group.endpoints;
  }

  private bindEgress(plan: CidrPlan, foundations: IDependable, key: IKey, props: NetworkProps): BoundEgress {
    stateEgress(this, this.egress);
    return this.egress.bind(new Construct(this, 'Egress'), {
      vpc: this.vpc,
      zones: this.applicationSubnets.map((applicationSubnet, index) => ({
        availabilityZone: applicationSubnet.availabilityZone,
        applicationSubnet,
        egressCidr: plan.egressSubnets[index],
      })),
      foundations,
      key,
      logs: props.logs,
      alerts: props.alerts,
      changeProtection: keeps(this, 'network.change-protection', props.withoutChangeProtection ?? disposalOf(this)),
    });
  }
}

/** Refuses what no VPC in `region` could be. */
export function requireNetwork(problems: Problems, region: string, choices: NetworkChoices): void {
  const { cidr = DEFAULT_CIDR, organizationId } = choices;
  checkCidr(cidr, problems);
  checkZones({ ...choices, region }, problems);
  const wellFormed = organizationId === undefined || /^o-[a-z0-9]{10,32}$/.test(organizationId);
  problems.require(wellFormed || Token.isUnresolved(organizationId), {
    code: 'OrganizationIdMalformed',
    property: 'organizationId',
    value: organizationId,
    bound: 'be the id of an organisation, like o-a1b2c3d4e5',
    remedy: 'Take it from "aws organizations describe-organization", or leave it out to stay inside the account.',
  });
}
