import { Token } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(?=.{4,253}$)(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`);

/** The first name of a certificate goes into a field of an older standard: RFC 5280, ub-common-name. */
const LONGEST_FIRST_HOST = 64;

/** Refuses hosts that nobody could register or that are there twice. Tokens are let through. */
export function requireHosts(problems: Problems, hosts: readonly string[]): void {
  problems.require(hosts.length > 0, {
    code: 'HostMissing',
    property: 'hosts',
    value: hosts,
    bound: 'name the host of the shop',
    remedy: 'Write the host visitors see first, and after it those that lead to it.',
  });
  hosts.forEach((host, index) => {
    const problem = { property: `hosts[${index}]`, value: host };
    problems.require(Token.isUnresolved(host) || HOST.test(host), {
      ...problem,
      code: 'HostInvalid',
      bound: 'be a full host name in lower case, without a wildcard',
      remedy: 'Write it as in shop.acme.example: no scheme, no port, no path, no dot at its end.',
    });
    problems.require(hosts.indexOf(host) === index, {
      ...problem,
      code: 'HostTwice',
      bound: 'be there once',
      remedy: 'Remove one of them.',
    });
  });
  const [first = ''] = hosts;
  problems.require(Token.isUnresolved(first) || first.length <= LONGEST_FIRST_HOST, {
    code: 'HostTooLong',
    property: 'hosts[0]',
    value: first,
    bound: `have at most ${LONGEST_FIRST_HOST} characters, because it is the first name of the certificate`,
    remedy: 'Put a shorter host first.',
  });
}

/**
 * Whether `host` looks like a name that was bought as it is, rather than part of one: two labels, or a short second
 * level below a country, as in `acme.co.uk`. Errs towards yes.
 */
export function looksLikeApex(host: string): boolean {
  const labels = host.split('.');
  const [, second = '', country = ''] = labels;
  return labels.length <= 2 || (labels.length === 3 && country.length === 2 && second.length <= 3);
}
