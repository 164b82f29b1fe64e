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

test.each([
  ['script-src-elem', 'script-src'],
  ['script-src-attr', 'script-src'],
  ['style-src-elem', 'style-src'],
  ['frame-src', 'child-src'],
  ['worker-src', 'child-src'],
])('%s starts from %s, which held in its place', (directive, held) => {
  const policy = own.allow(held, 'https://held.example').allow(directive, 'https://more.example');
  expect(policy.directives[directive]).toEqual(["'self'", 'https://held.example', 'https://more.example']);
});

test('of several directives, each starts from the policy that was there, in whatever order', () => {
  const sources = { 'default-src': ['https://cdn.example'], 'script-src': ['https://js.example'] };
  const [one, other] = [own.allowAll(sources), own.allowAll(Object.fromEntries(Object.entries(sources).reverse()))];
  expect(one.directives).toEqual(other.directives);
  expect(one.directives).toMatchObject({
    'default-src': ["'self'", 'https://cdn.example'],
    'script-src': ["'self'", 'https://js.example'],
    'base-uri': ["'self'"],
  });
  expect(own.directives['script-src']).toBeUndefined();
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
  ['script-src', ''],
  ['script-src', 'unsafe-inline'],
  ['script-src', 'self'],
  ['script-src', 'nonce-abc'],
])('refuses %j with %j, which would be read as something else', (directive, source) => {
  expect(() => own.allow(directive, source)).toThrow('[ContentSourceInvalid]');
});

test.each(['script-src;', 'scirpt-src', 'toString', 'sandbox'])(
  'refuses the directive %s, which takes no sources',
  (directive) => {
    expect(() => own.allow(directive, "'self'")).toThrow('[ContentDirectiveUnknown]');
  },
);
