import type { Problems } from '../core/errors';
import { isWildcard, type EgressDestination } from './egress-destination';
import type { IEgress } from './egress-ref';
import { InterfaceEndpoints } from './interface-endpoints';
import { NoEgress } from './no-egress';

/**
 * Whether `egress` leads to `host`, as far as it says what passes. Without destinations everything does, but for the one
 * that leads nowhere.
 */
export function leadsTo(egress: IEgress, host: string): boolean {
  if (egress instanceof NoEgress) {
    return false;
  }
  const { destinations } = egress;
  return destinations.length === 0 || destinations.some((destination) => covers(destination, host));
}

/** Refuses a network without a way out that lacks an endpoint for what every shop calls. */
export function requireEndpoints(problems: Problems, egress: IEgress, chosen = InterfaceEndpoints.none()): void {
  const needed = egress instanceof NoEgress ? InterfaceEndpoints.complete().services : [];
  const missing = needed.filter((service) => !chosen.services.includes(service));
  problems.require(missing.length === 0, {
    code: 'EndpointsMissing',
    property: 'interfaceEndpoints',
    value: chosen.services,
    bound: `hold ${missing.join(', ')} as well, because the network has no way out`,
    remedy: 'Choose InterfaceEndpoints.complete(), or a way out that leads to named destinations.',
  });
}

function covers(destination: EgressDestination, host: string): boolean {
  const { domain } = destination;
  return domain === host || (isWildcard(destination) && host.endsWith(domain.slice(1)));
}
