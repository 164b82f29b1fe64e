import { StrictTransportSecurity } from '../../lib';

test.each([
  ['hostOnly', StrictTransportSecurity.hostOnly(), 'max-age=63072000'],
  ['withSubdomains', StrictTransportSecurity.withSubdomains(), 'max-age=63072000; includeSubDomains'],
  ['preloaded', StrictTransportSecurity.preloaded(), 'max-age=63072000; includeSubDomains; preload'],
])('%s is remembered for two years', (_, choice, header) => {
  expect(choice._header).toBe(header);
  expect(choice._behavior.accessControlMaxAge.toDays()).toBe(730);
});

test.each([
  ['shop.acme.example', true],
  ['www.acme.co.uk', true],
  ['shop.acme.de', true],
  ['acme.example', false],
  ['acme.co.uk', false],
  ['acme.com.ph', false],
])('on %s covers the hosts below by default: %s', (host, includeSubdomains) => {
  expect(StrictTransportSecurity._for([host])).toMatchObject({ includeSubdomains, preload: false });
});

test('one host that looks like a company keeps the hosts below all of them out', () => {
  expect(StrictTransportSecurity._for(['www.acme.example', 'acme.example']).includeSubdomains).toBe(false);
});
