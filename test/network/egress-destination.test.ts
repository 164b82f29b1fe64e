import { Token } from 'aws-cdk-lib';
import fc from 'fast-check';
import { type BaselineError } from '../../lib/core/errors';
import { checkedDestinations, isWildcard, mergedDestinations } from '../../lib/network/egress-destination';

const purpose = 'payments';

function refusal(domains: readonly string[], why = purpose): string {
  try {
    checkedDestinations(
      'Egress',
      domains.map((domain) => ({ domain, purpose: why })),
    );
    return '';
  } catch (error) {
    return (error as BaselineError).message;
  }
}

test.each(['api.stripe.com', '*.adyen.com', 'a.io', 'xn--bcher-kva.example', 'shop.xn--p1ai', '1und1.de'])(
  'takes %s as a destination',
  (domain) => expect(refusal([domain])).toBe(''),
);

test.each([
  'https://api.stripe.com',
  'api.stripe.com/v1',
  'api.stripe.com:443',
  'api.stripe.com.',
  'API.stripe.com',
  'api..stripe.com',
  '-api.stripe.com',
  'api-.stripe.com',
  'api_v1.stripe.com',
  'stripe',
  '*',
  '*.com',
  'api.*.com',
  'a*.stripe.com',
  '10.20.0.1',
  '2001:db8::1',
  ' api.stripe.com',
  '',
  `${'a'.repeat(64)}.com`,
  `${'a.'.repeat(127)}com`,
])('refuses %j as a destination', (domain) => {
  expect(refusal([domain])).toContain(
    `destinations[0].domain is ${JSON.stringify(domain)}; it must be a domain name in lower case that somebody owns, with *. in front for all names below it. Write the host alone, api.stripe.com: no https://, port, path or address. [EgressDomainMalformed]`,
  );
});

test('refuses a domain named twice, but not a domain beside its wildcard', () => {
  expect(refusal(['api.stripe.com', 'api.stripe.com'])).toContain(
    'destinations[1].domain is "api.stripe.com"; it must be named once. Keep one entry, and name every purpose in it. [EgressDomainTwice]',
  );
  expect(refusal(['stripe.com', '*.stripe.com'])).toBe('');
});

test('refuses a destination without a purpose', () => {
  expect(refusal(['api.stripe.com'], '  ')).toContain(
    'destinations[0].purpose is "  "; it must say what api.stripe.com is needed for. Write it in a word or two: payments, mail, parcel tracking. [EgressPurposeMissing]',
  );
});

test('refuses more destinations than the firewalls hold', () => {
  const domains = [...Array(501).keys()].map((index) => `host${index}.example.com`);
  expect(refusal(domains)).toContain('EgressDestinationsTooMany');
  expect(refusal(domains.slice(1))).toBe('');
});

test('reports every problem at once', () => {
  expect(refusal(['https://a.example', '*.com', 'a.example'], '')).toMatch(
    /EgressDomainMalformed[^]*EgressPurposeMissing[^]*EgressDomainMalformed[^]*EgressPurposeMissing[^]*EgressPurposeMissing/,
  );
});

test('refuses no name that is known only at deployment', () => {
  expect(refusal([Token.asString({ Ref: 'Host' })])).toBe('');
});

test('lets through no name that could say more than a host', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'aZ09.-*_:/ \\@é\n"$;'), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(hostile, (domain) => {
      expect(refusal([domain]) !== '' || /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('knows which destinations stand for all names below a domain', () => {
  expect(isWildcard({ domain: '*.adyen.com', purpose })).toBe(true);
  expect(isWildcard({ domain: 'adyen.com', purpose })).toBe(false);
});

test('of a domain that is named more than once, every purpose is kept, and each once', () => {
  const stripe = { domain: 'api.stripe.com', purpose };
  const destinations = [stripe, { domain: '*.stripe.com', purpose }, { ...stripe, purpose: 'refunds' }, stripe];
  expect(mergedDestinations(destinations)).toEqual([
    { domain: 'api.stripe.com', purpose: 'payments, refunds' },
    { domain: '*.stripe.com', purpose: 'payments' },
  ]);
});
