import type { Problems } from '../core/errors';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = `(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])`;

/** In lower case, because a policy compares addresses letter by letter; without a name in front. */
const ADDRESS = new RegExp(`^[a-z0-9_]([a-z0-9._+-]{0,62}[a-z0-9_])?@(?=.{4,253}$)${DOMAIN}$`);

/** A host, in lower case. */
const HOST = new RegExp(`^(?=.{4,253}$)${DOMAIN}$`);

/** Objects to what is no address that mail can be sent from. */
export function requireAddress(problems: Problems, property: string, address: string): void {
  problems.require(ADDRESS.test(address), {
    code: 'MailAddressInvalid',
    property,
    value: address,
    bound: 'be an address in lower case, known at synthesis, without a name in front',
    remedy: 'Write it as in orders@shop.acme.example.',
  });
}

/** Objects to what is no address that mail can be sent to. A record of DMARC separates addresses by commas. */
export function requireMailbox(problems: Problems, property: string, address: string): void {
  problems.require(/^[^\s@,;!<>"]+@[^\s@,;!<>"]+\.[a-z-]+$/i.test(address), {
    code: 'MailAddressInvalid',
    property,
    value: address,
    bound: 'be the address of one mailbox, without a name in front',
    remedy: 'Write it as in dmarc@acme.example.',
  });
}

/** Objects to what is no name of a server, as the network does that has to let it through. */
export function requireMailHost(problems: Problems, property: string, host: string): void {
  problems.require(HOST.test(host), {
    code: 'EgressDomainMalformed',
    property,
    value: host,
    bound: 'be the full name of a host in lower case',
    remedy: 'Write it as in smtp.provider.example: no scheme, no port.',
  });
}

/** What stands after the @. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Whether `inner` is `outer` or a name below it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.endsWith(`.${outer}`);
}

/** Objects to addresses that no identity of `from` covers. */
export function requireSenders(problems: Problems, from: string, senders: readonly string[] = []): void {
  const domain = domainOf(from);
  senders.forEach((sender, index) => {
    const property = `senders[${index}]`;
    requireAddress(problems, property, sender);
    problems.require(domainOf(sender) === domain, {
      code: 'MailSenderElsewhere',
      property,
      value: sender,
      bound: `be an address at ${domain}, as from is`,
      remedy: 'Give another domain an OrderMail of its own.',
    });
  });
}
