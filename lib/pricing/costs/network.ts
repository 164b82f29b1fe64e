import { byUse, charge, fixed, times, unknown, type Charge, type Estimates } from '../charge';
import { HOURS_A_MONTH } from '../price';
import { countOf, ofType, refersTo, type StackResources, type TemplateResource } from '../template';
import type { Traffic } from '../traffic';

/** What a network costs. */
export const NETWORK: Estimates = {
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::EIP': fixed('public addresses', 'address', HOURS_A_MONTH),
  'AWS::EC2::VPCEndpoint': endpoint,
  'AWS::EC2::FlowLog': ({ properties }, _, { gigabytesOfFlowLog, monthsKept }) =>
    properties.LogDestinationType === 's3'
      ? delivered('flow logs', gigabytesOfFlowLog, monthsKept)
      : [charge('flow logs', 'logGigabyte', gigabytesOfFlowLog)],
  'AWS::NetworkFirewall::Firewall': ({ properties }, _, { gigabytesOutward }) => [
    charge('network firewall', 'firewallEndpoint', times(countOf(properties.SubnetMappings), HOURS_A_MONTH)),
    charge('network firewall', 'firewallGigabyte', gigabytesOutward),
  ],
  'AWS::NetworkFirewall::LoggingConfiguration': () => [
    byUse('log of the network firewall', 'logGigabyte', 'as much as connections are opened and refused'),
  ],
  'AWS::Route53Resolver::FirewallDomainList': ({ properties }) => [
    properties.DomainFileUrl === undefined
      ? charge('DNS firewall', 'dnsFirewallDomain', countOf(properties.Domains))
      : unknown('DNS firewall', 'the domains stand in a file'),
  ],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': (_, __, { names }) => [
    charge('DNS firewall', 'dnsFirewallQueries', names / 1e6),
  ],
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': (_, __, { gigabytesOfNameLog, monthsKept }) =>
    delivered('log of looked up names', gigabytesOfNameLog, monthsKept),
  'AWS::Route53Resolver::ResolverEndpoint': ({ properties }) => [
    charge('resolver endpoints', 'resolverEndpoint', times(countOf(properties.IpAddresses), HOURS_A_MONTH)),
  ],
  'AWS::Route53::HostedZone': fixed('hosted zones', 'hostedZone'),
  'AWS::Route53::RecordSet': () => [
    byUse('DNS', 'dnsQueries', 'aliases of CloudFront are free, other records are not'),
  ],
};

/** Logs that a service writes to a bucket, and what is stored of them. */
export function delivered(what: string, gigabytes: number, monthsKept: number): Charge[] {
  return [charge(what, 'deliveredLogGigabyte', gigabytes), charge(what, 'bucketGigabyte', gigabytes * monthsKept)];
}

function natGateway(gateway: TemplateResource, stack: StackResources, { gigabytesOutward }: Traffic): Charge[] {
  const zones = zonesOf(gateway, stack);
  const { AvailabilityMode, ConnectivityType, AvailabilityZoneAddresses } = gateway.properties;
  // A gateway of one zone is given an address that stands in the template; a regional one takes its own.
  const takesAddresses =
    AvailabilityMode === 'regional' && ConnectivityType !== 'private' && AvailabilityZoneAddresses === undefined;
  return [
    charge('NAT gateway and addresses', 'natGateway', times(zones, HOURS_A_MONTH)),
    ...(takesAddresses ? [charge('NAT gateway and addresses', 'address', times(zones, HOURS_A_MONTH))] : []),
    charge('NAT gateway and addresses', 'natGigabyte', gigabytesOutward),
  ];
}

/** A regional gateway works in the zone of every subnet that has a route to it; any other in one zone. */
function zonesOf(gateway: TemplateResource, stack: StackResources): number | undefined {
  const { AvailabilityMode = 'zonal', AvailabilityZoneAddresses } = gateway.properties;
  if (AvailabilityMode !== 'regional') {
    return AvailabilityMode === 'zonal' ? 1 : undefined;
  }
  if (AvailabilityZoneAddresses !== undefined) {
    return countOf(AvailabilityZoneAddresses);
  }
  const routes = ofType(stack, 'AWS::EC2::Route').filter(({ properties }) =>
    refersTo(properties.NatGatewayId, gateway),
  );
  const tables = routes.map(({ properties }) => JSON.stringify(properties.RouteTableId));
  const zones = ofType(stack, 'AWS::EC2::SubnetRouteTableAssociation')
    .filter(({ properties }) => tables.includes(JSON.stringify(properties.RouteTableId)))
    .map(({ properties }) => zoneOf(properties.SubnetId, stack));
  return Math.max(1, new Set(zones).size);
}

/** The zone of a subnet; a subnet of another stack counts as a zone. */
function zoneOf(subnetId: unknown, stack: StackResources): string {
  const subnet = ofType(stack, 'AWS::EC2::Subnet').find((other) => refersTo(subnetId, other));
  const { AvailabilityZone, AvailabilityZoneId } = subnet?.properties ?? {};
  return JSON.stringify(AvailabilityZone ?? AvailabilityZoneId ?? subnetId);
}

function endpoint({ properties }: TemplateResource): Charge[] {
  const { VpcEndpointType: type = 'Gateway', SubnetIds } = properties;
  if (type === 'Gateway') {
    return [];
  }
  if (type !== 'Interface') {
    return [unknown('interface endpoints', 'there is no price for an endpoint of this type')];
  }
  const zones = SubnetIds === undefined ? undefined : countOf(SubnetIds);
  return [
    charge('interface endpoints', 'interfaceEndpoint', times(zones, HOURS_A_MONTH)),
    byUse('interface endpoints', 'endpointGigabyte', 'images, logs and secrets: as often as tasks start'),
  ];
}

/** Whether addresses of a load balancer or task are public, as many as it has subnets. */
export function publicAddresses(subnets: unknown, isPublic: boolean): Charge[] {
  return isPublic ? [charge('public addresses', 'address', times(countOf(subnets), HOURS_A_MONTH))] : [];
}
