import { DependencyGroup, type Construct } from 'constructs';
import { keeps } from '../core/keeps';
import type { Waiver } from '../core/waiver';
import { DnsFirewall } from './dns-firewall';
import type { EgressDestination } from './egress-destination';
import type { BoundEgress, EgressNetwork, IEgress } from './egress-ref';
import { NatGateway } from './nat-gateway';
import { routeOut } from './route-out';

/** An address translation and no list. See `Egress.unrestricted`. */
export class UnrestrictedEgress implements IEgress {
  public readonly destinations: EgressDestination[] = [];

  public readonly doesNotStop =
    'Any connection from the application zone to anywhere, except by mail or to another name server; only look-ups that ' +
    'look generated or carry data are blocked.';

  public constructor(
    private readonly waiver: Waiver,
    private readonly addresses?: readonly string[],
  ) {}

  public bind(scope: Construct, network: EgressNetwork): BoundEgress {
    keeps(scope, 'network.egress-allow-list', this.waiver);
    const natGateway = new NatGateway(scope, 'Nat', { network, addresses: this.addresses }).resource;
    const natGatewayId = natGateway.attrNatGatewayId;
    const routes = routeOut(scope, network, () => ({ natGatewayId }));
    const dns = new DnsFirewall(scope, 'Dns', { network, after: routes });
    return { ready: new DependencyGroup(routes, dns.association), natGateway, dnsRuleGroup: dns.ruleGroup };
  }
}
