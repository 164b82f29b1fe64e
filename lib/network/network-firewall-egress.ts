import { CfnRoute, CfnRouteTable, CfnSubnet, CfnSubnetRouteTableAssociation } from 'aws-cdk-lib/aws-ec2';
import { DependencyGroup, type Construct } from 'constructs';
import { DnsFirewall } from './dns-firewall';
import { checkedDestinations, type EgressDestination } from './egress-destination';
import type { BoundEgress, EgressNetwork, IEgress } from './egress-ref';
import { FirewallEndpoints } from './firewall-endpoints';
import { NatGateway } from './nat-gateway';
import { NetworkFirewall } from './network-firewall';
import { ANYWHERE, routeOut } from './route-out';

/** A firewall in front of the address translation, beside the DNS allow-list. See `Egress.networkFirewall`. */
export class NetworkFirewallEgress implements IEgress {
  public readonly destinations: EgressDestination[];

  public readonly doesNotStop =
    'Data sent to an allowed destination: what is inside a TLS connection is not read, so a service that many customers ' +
    "share can carry it on; a call to an AWS service with another account's credentials, where no endpoint with a policy " +
    'stands in the way.';

  public constructor(
    destinations: readonly EgressDestination[],
    private readonly addresses?: readonly string[],
  ) {
    this.destinations = checkedDestinations('Egress.networkFirewall', destinations);
  }

  public bind(scope: Construct, network: EgressNetwork): BoundEgress {
    const { destinations, addresses } = this;
    const natGateway = new NatGateway(scope, 'Nat', { network, addresses }).resource;
    const subnets = createEgressSubnets(scope, network, natGateway.attrNatGatewayId);
    const routes = new DependencyGroup();
    const dns = new DnsFirewall(scope, 'Dns', { network, destinations, after: routes });
    const dnsRuleGroup = dns.ruleGroup;
    const firewall = new NetworkFirewall(scope, 'Firewall', { network, subnets, destinations, dnsRuleGroup }).resource;
    firewall.node.addDependency(natGateway);
    const endpoints = new FirewallEndpoints(scope, 'Endpoints', { ...network, firewall, subnets });
    routes.add(routeOut(scope, network, (zone) => ({ vpcEndpointId: endpoints.idIn(zone) })));
    routes.add(routeBack(scope, network, natGateway.attrRouteTableId, endpoints));
    return { ready: new DependencyGroup(routes, dns.association), natGateway, dnsRuleGroup, firewall };
  }
}

/** Subnets in which nothing stands but the firewall's endpoints, and from which traffic goes on to the NAT gateway. */
function createEgressSubnets(scope: Construct, { vpc, zones }: EgressNetwork, natGatewayId: string): CfnSubnet[] {
  const routeTable = new CfnRouteTable(scope, 'RouteTable', { vpcId: vpc.vpcId });
  new CfnRoute(scope, 'RouteToNat', {
    routeTableId: routeTable.attrRouteTableId,
    destinationCidrBlock: ANYWHERE,
    natGatewayId,
  });
  return zones.map(({ availabilityZone, egressCidr }, index) => {
    const subnet = new CfnSubnet(scope, `Subnet${index + 1}`, {
      vpcId: vpc.vpcId,
      availabilityZone,
      cidrBlock: egressCidr,
      mapPublicIpOnLaunch: false,
    });
    new CfnSubnetRouteTableAssociation(scope, `Subnet${index + 1}Routes`, {
      subnetId: subnet.attrSubnetId,
      routeTableId: routeTable.attrRouteTableId,
    });
    return subnet;
  });
}

/**
 * Leads answers back through the endpoint that saw the question: a firewall drops connections of which it sees one
 * direction. The NAT gateway has a route table of its own for this.
 */
function routeBack(
  scope: Construct,
  { zones }: EgressNetwork,
  routeTableId: string,
  endpoints: FirewallEndpoints,
): DependencyGroup {
  return new DependencyGroup(
    ...zones.map(
      ({ applicationSubnet }, index) =>
        new CfnRoute(scope, `RouteBack${index + 1}`, {
          routeTableId,
          destinationCidrBlock: applicationSubnet.ipv4CidrBlock,
          vpcEndpointId: endpoints.idIn(index),
        }),
    ),
  );
}
