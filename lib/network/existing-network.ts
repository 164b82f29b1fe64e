import { Token } from 'aws-cdk-lib';
import { Port, type IConnectable, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import { stateEgress } from '../core/egress-metadata';
import { Problems } from '../core/errors';
import { FEWEST_ZONES } from './availability-zones';
import type { INetwork } from './network-ref';

/** A network made elsewhere. */
export interface ExistingNetworkProps {
  /** The VPC. */
  readonly vpc: IVpc;

  /** Subnets in which code runs, at least two, in different Availability Zones, none of them public. */
  readonly applicationSubnets: ISubnet[];

  /** Subnets in which data rests, at least two, in different Availability Zones, none of them public. */
  readonly dataSubnets: ISubnet[];

  /**
   * What the network's way out does not stop, in plain words, for the evidence.
   *
   * @default - that nobody here knows
   */
  readonly doesNotStop?: string;
}

const UNKNOWN = 'Nobody here knows: the network was made elsewhere, and whoever made it answers for what leaves it.';

/** See `Network.existing`. */
export class ExistingNetwork extends Construct implements INetwork {
  /** The VPC. */
  public readonly vpc: IVpc;
  /** Subnets of the application zone. */
  public readonly applicationSubnets: ISubnet[];
  /** Subnets of the data zone. */
  public readonly dataSubnets: ISubnet[];
  /** Depend on it before calling out or adding a VPC origin. */
  public readonly ready: IDependable;

  public constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    this.check(props);
    this.vpc = props.vpc;
    this.applicationSubnets = props.applicationSubnets;
    this.dataSubnets = props.dataSubnets;
    this.ready = new DependencyGroup(
      ...props.applicationSubnets.map(({ internetConnectivityEstablished }) => internetConnectivityEstablished),
      props.vpc.internetConnectivityEstablished,
    );
    stateEgress(this, { destinations: [], doesNotStop: props.doesNotStop ?? UNKNOWN });
  }

  /** Lets `client` call out: TCP 443. */
  public allowEgress(client: IConnectable): void {
    client.connections.allowToAnyIpv4(Port.tcp(443), 'The egress of the network');
  }

  private check({ vpc, applicationSubnets, dataSubnets }: ExistingNetworkProps): void {
    const problems = new Problems(`Network.existing at ${this.node.path}`);
    checkSubnets('applicationSubnets', applicationSubnets, vpc, problems);
    checkSubnets('dataSubnets', dataSubnets, vpc, problems);
    const application = new Set(idsOf(applicationSubnets));
    const shared = idsOf(dataSubnets).filter((id) => application.has(id));
    problems.require(shared.length === 0, {
      code: 'ExistingSubnetsShared',
      property: 'dataSubnets',
      value: shared,
      bound: 'be other subnets than the applicationSubnets',
      remedy: 'Give data subnets of its own, so that no route out of the application zone is a route out of them.',
    });
    problems.throwIfAny();
  }
}

function checkSubnets(property: string, subnets: readonly ISubnet[], vpc: IVpc, problems: Problems): void {
  const ids = idsOf(subnets);
  const zones = subnets.map(zoneOf).filter((zone) => zone !== undefined);
  const places = Math.min(new Set(ids).size, zones.length < subnets.length ? Infinity : new Set(zones).size);
  problems.require(places >= FEWEST_ZONES, {
    code: 'ExistingSubnetsTooFew',
    property,
    value: ids,
    bound: `be subnets in at least ${FEWEST_ZONES} Availability Zones`,
    remedy: 'Add a subnet in another zone: databases, caches and load balancers demand two.',
  });
  const open = new Set(idsOf(vpc.publicSubnets));
  problems.require(!ids.some((id) => open.has(id)), {
    code: 'ExistingSubnetPublic',
    property,
    value: ids.filter((id) => open.has(id)),
    bound: 'be subnets without a route to an internet gateway',
    remedy: 'Give private subnets: nothing of the shop needs an address of its own outside.',
  });
  const known = new Set(idsOf([...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets]));
  const foreign = known.size === 0 ? [] : ids.filter((id) => !Token.isUnresolved(id) && !known.has(id));
  problems.require(foreign.length === 0, {
    code: 'ExistingSubnetElsewhere',
    property,
    value: foreign,
    bound: 'be subnets of the VPC',
    remedy: 'Give the VPC in which the subnets lie, or subnets of this one.',
  });
}

function idsOf(subnets: readonly ISubnet[]): string[] {
  return subnets.map(({ subnetId }) => subnetId);
}

/** The zone, if it is known: CDK throws for a subnet that was named by its id alone. */
function zoneOf(subnet: ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}
