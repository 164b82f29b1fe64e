import { DependencyGroup, type Construct } from 'constructs';
import { DnsFirewall } from './dns-firewall';
import { checkedDestinations, type EgressDestination } from './egress-destination';
import type { BoundEgress, EgressNetwork, IEgress } from './egress-ref';
import { NatGateway } from './nat-gateway';
import { routeOut } from './route-out';

/** An address translation, and a resolver that answers only for what is allowed. See `Egress.dnsAllowList`. */
export class DnsAllowListEgress implements IEgress {
  public readonly destinations: EgressDestination[];

  public readonly doesNotStop =
    'A connection to an address that was not asked for by name; data sent to an allowed destination; a call to an AWS ' +
    "service with another account's credentials, where no endpoint with a policy stands in the way.";

  public constructor(
    destinations: readonly EgressDestination[],
    private readonly addresses?: readonly string[],
  ) {
    this.destinations = checkedDestinations('Egress.dnsAllowList', destinations);
  }

  public bind(scope: Construct, network: EgressNetwork): BoundEgress {
    const { destinations, addresses } = this;
    const natGateway = new NatGateway(scope, 'Nat', { network, addresses }).resource;
    const natGatewayId = natGateway.attrNatGatewayId;
    const routes = routeOut(scope, network, () => ({ natGatewayId }));
    const dns = new DnsFirewall(scope, 'Dns', { network, destinations, after: routes });
    return { ready: new DependencyGroup(routes, dns.association), natGateway, dnsRuleGroup: dns.ruleGroup };
  }
}
