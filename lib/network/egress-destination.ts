import { Token } from 'aws-cdk-lib';
import { Problems } from '../core/errors';

/** A name outside that code in the network may reach, and why. */
export interface EgressDestination {
  /** The domain name, `api.stripe.com`, or all names below one, `*.adyen.com`. */
  readonly domain: string;

  /** What the shop needs it for: `payments`, `parcel tracking`. For the vendor register and the evidence. */
  readonly purpose: string;
}

/** Enough for any shop, and within what one DNS Firewall list and one Network Firewall rule group hold. */
const MOST_DESTINATIONS = 500;

/** RFC 1035: 253 characters, labels of at most 63. The last label is never a number, so an address is no domain;
 * and there are two at least, so nobody allows all of `*.com`. */
const DOMAIN = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
const LONGEST_DOMAIN = 253;

/**
 * The destinations as given, each checked.
 *
 * @throws BaselineError `EgressDomainMalformed`, `EgressDomainTwice`, `EgressPurposeMissing`, `EgressDestinationsTooMany`
 */
export function checkedDestinations(subject: string, destinations: readonly EgressDestination[]): EgressDestination[] {
  const problems = new Problems(subject);
  requireDestinations(problems, 'destinations', destinations);
  problems.throwIfAny();
  return [...destinations];
}

/** Refuses destinations that no filter could hold, or that nobody explains. */
export function requireDestinations(
  problems: Problems,
  place: string,
  destinations: readonly EgressDestination[],
): void {
  const seen = new Set<string>();
  destinations.forEach(({ domain, purpose }, index) => {
    const property = `${place}[${index}]`;
    checkDomain(domain, `${property}.domain`, seen, problems);
    problems.require(purpose.trim().length > 0, {
      code: 'EgressPurposeMissing',
      property: `${property}.purpose`,
      value: purpose,
      bound: `say what ${domain} is needed for`,
      remedy: 'Write it in a word or two: payments, mail, parcel tracking.',
    });
    seen.add(domain);
  });
  problems.require(destinations.length <= MOST_DESTINATIONS, {
    code: 'EgressDestinationsTooMany',
    property: place,
    value: `${destinations.length} destinations`,
    bound: `be at most ${MOST_DESTINATIONS}`,
    remedy: 'Name a vendor once by its domain, *.example.com, instead of each of its hosts.',
  });
}

/** Each domain once, with every purpose that somebody named: what two parts of a shop need is one destination. */
export function mergedDestinations(destinations: readonly EgressDestination[]): EgressDestination[] {
  const purposes = new Map<string, readonly string[]>();
  for (const { domain, purpose } of destinations) {
    purposes.set(domain, [...(purposes.get(domain) ?? []), purpose]);
  }
  return [...purposes].map(([domain, named]) => ({ domain, purpose: [...new Set(named)].join(', ') }));
}

/** Whether `destination` stands for all names below its domain. */
export function isWildcard({ domain }: EgressDestination): boolean {
  return domain.startsWith('*.');
}

function checkDomain(domain: string, property: string, seen: ReadonlySet<string>, problems: Problems): void {
  if (Token.isUnresolved(domain)) {
    return;
  }
  problems.require(DOMAIN.test(domain) && domain.length <= LONGEST_DOMAIN, {
    code: 'EgressDomainMalformed',
    property,
    value: domain,
    bound: 'be a domain name in lower case that somebody owns, with *. in front for all names below it',
    remedy: 'Write the host alone, api.stripe.com: no https://, port, path or address.',
  });
  problems.require(!seen.has(domain), {
    code: 'EgressDomainTwice',
    property,
    value: domain,
    bound: 'be named once',
    remedy: 'Keep one entry, and name every purpose in it.',
  });
}
