import { DependencyGroup, type Construct } from 'constructs';
import { DnsFirewall } from './dns-firewall';
import type { EgressDestination } from './egress-destination';
import type { BoundEgress, EgressNetwork, IEgress } from './egress-ref';

/** No way out at all. See `Egress.none`. */
export class NoEgress implements IEgress {
  public readonly destinations: EgressDestination[] = [];

  public readonly doesNotStop =
    "What passes the VPC's endpoints: calls to AWS services of this account, or of the organisation, as their policies say.";

  public bind(scope: Construct, network: EgressNetwork): BoundEgress {
    const after = new DependencyGroup();
    const dns = new DnsFirewall(scope, 'Dns', { network, destinations: [], after });
    return { ready: dns.association, dnsRuleGroup: dns.ruleGroup };
  }
}
