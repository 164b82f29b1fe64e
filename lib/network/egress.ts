import type { Waiver } from '../core/waiver';
import { DnsAllowListEgress } from './dns-allow-list-egress';
import type { EgressDestination } from './egress-destination';
import type { IEgress } from './egress-ref';
import { NetworkFirewallEgress } from './network-firewall-egress';
import { NoEgress } from './no-egress';
import { UnrestrictedEgress } from './unrestricted-egress';

/** How traffic that leaves the network is translated. */
export interface EgressOptions {
  /**
   * Allocation ids of Elastic IP addresses, one for each Availability Zone, from which traffic leaves: for partners that
   * admit by address. An account may have five such addresses in a Region unless it asks for more. Giving or removing
   * them later replaces the NAT gateway, and cuts what is open.
   *
   * @default - addresses that AWS chooses and may change
   */
  readonly addresses?: string[];
}

/**
 * The ways out of a network that this library has. They lead out of the application zone alone, over TCP; none lets out
 * mail or look-ups at other name servers. The data zone has no way out in any of them.
 *
 * Prices are those of us-east-1 in 2026; other Regions cost up to a half more.
 */
export class Egress {
  /**
   * The VPC's resolver answers for the destinations and for the AWS services a shop needs, and for nothing else. Does not
   * stop a connection to an address that was not asked for by name.
   *
   * A NAT gateway costs about 33 USD a month for each Availability Zone in use, 3.65 USD for its address there, and
   * 0.045 USD for each GB; the DNS firewall 0.60 USD for a million look-ups. With a destination that stands for all names
   * below a domain, look-ups are also checked for data hidden in them, which costs more.
   *
   * A public image registry is a destination too, and so is the host to which it redirects.
   *
   * @param destinations what may be reached; may be empty
   * @param options how traffic is translated
   * @throws BaselineError `EgressDomainMalformed`, `EgressDomainTwice`, `EgressPurposeMissing`, `EgressDestinationsTooMany`
   */
  public static dnsAllowList(destinations: EgressDestination[], options: EgressOptions = {}): IEgress {
    return new DnsAllowListEgress(destinations, options.addresses);
  }

  /**
   * In addition, a firewall passes a TLS connection only if it names a destination and goes to an address that the
   * resolver gave for it. Stops a connection by address; does not read what is inside a connection.
   *
   * Costs about 290 USD a month for each Availability Zone and 0.065 USD for each GB, beside the price of the NAT gateway.
   * It cannot be removed, nor given other Availability Zones, while it is protected: see `withoutChangeProtection`.
   *
   * @param destinations what may be reached; may be empty
   * @param options how traffic is translated
   * @throws BaselineError as `dnsAllowList`
   */
  public static networkFirewall(destinations: EgressDestination[], options: EgressOptions = {}): IEgress {
    return new NetworkFirewallEgress(destinations, options.addresses);
  }

  /**
   * No way out at all: neither NAT gateway nor default route. AWS services are reached through endpoints alone, so choose
   * `InterfaceEndpoints.complete()` with it. Costs nothing but its look-ups.
   */
  public static none(): IEgress {
    return new NoEgress();
  }

  /**
   * Anything that a client's security groups let out. Only look-ups of generated names, and look-ups that carry data, are blocked. Costs what
   * `dnsAllowList` costs.
   *
   * @param waiver why the shop has to reach what nobody can list
   * @param options how traffic is translated
   */
  public static unrestricted(waiver: Waiver, options: EgressOptions = {}): IEgress {
    return new UnrestrictedEgress(waiver, options.addresses);
  }

  private constructor() {}
}
