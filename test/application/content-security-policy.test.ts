import { ContentSecurityPolicy } from '../../lib';

const own = ContentSecurityPolicy.ownHostOnly();

test('allows the own host alone, no plug-ins and no framing', () => {
  expect(own.render()).toBe(
    "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  );
});

test('a directive that was not there keeps what was allowed before', () => {
  const paying = own.allow('frame-src', 'https://js.stripe.com', 'https://hooks.stripe.com');
  expect(paying.directives['frame-src']).toEqual(["'self'", 'https://js.stripe.com', 'https://hooks.stripe.com']);
});

test('nothing is no longer nothing once something is allowed', () => {
  expect(own.allow('frame-ancestors', 'https://partner.example').directives['frame-ancestors']).toEqual([
    'https://partner.example',
  ]);
});

test('is not changed by what is allowed on top of it', () => {
  own.allow('img-src', 'data:').allow('img-src', 'data:', 'blob:');
  expect(own.directives['img-src']).toBeUndefined();
  expect(own.allow('img-src', 'data:').allow('img-src', 'data:', 'blob:').directives['img-src']).toEqual([
    "'self'",
    'data:',
    'blob:',
  ]);
});

test.each([
  ['script-src', 'https://a.example; object-src *'],
  ['script-src', 'https://a.example https://b.example'],
  ['script-src;', "'self'"],
  ['script-src', ''],
])('refuses %j with %j, which would be read as something else', (directive, source) => {
  expect(() => own.allow(directive, source)).toThrow('[ContentSourceInvalid]');
});
