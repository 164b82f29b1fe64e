import { createHash, createHmac, randomUUID } from 'node:crypto';
import * as crypto from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { Template } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import { Application, RequestClass, RequestMatcher, StorefrontDistribution, VisitorLogin } from '../../lib';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';
import { existingShop } from '../support/storefront';
import { DIGEST } from '../support/stores';

interface Value {
  readonly value: string;
}

interface Request {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, Value>>;
  readonly cookies: Readonly<Record<string, Value>>;
  readonly querystring: Readonly<Record<string, Value>>;
}

interface Answer {
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, Value>>;
  readonly cookies: Readonly<Record<string, Value & { readonly attributes?: string }>>;
}

const SALT = '0123456789abcdef0123456789abcdef';
const sha256 = (text: string): string => createHash('sha256').update(`${SALT}:${text}`).digest('hex');
const LOGIN = Buffer.from(`staging:${'x'.repeat(32)}`).toString('base64');
const PASS = createHmac('sha256', LOGIN).update('visitor').digest('hex');
const ATTRIBUTES: Readonly<Record<string, string>> = {
  Salt: SALT,
  LoginDigest: sha256(LOGIN),
  PassDigest: sha256(PASS),
};

const classes = [
  ...Application.medusa({ image: DIGEST }).requestClasses,
  RequestClass.webhook(RequestMatcher.path('/').query('wc-api')),
  RequestClass.webhook(RequestMatcher.path('/paid/{id}').method('POST')),
];

/** The function of the template, with what the deployment fills in. */
function deployedCode(requestClasses = classes): string {
  const stack = foreignStack();
  const login = new VisitorLogin(stack, 'Login', { requestClasses });
  new StorefrontDistribution(stack, 'Distribution', { ...existingShop(stack), login });
  const [found] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::Function'));
  const { 'Fn::Join': joined } = (found.Properties as { FunctionCode: object }).FunctionCode as {
    'Fn::Join': [string, (string | object)[]];
  };
  const filled = (part: object): string => ATTRIBUTES[(part as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][1]];
  return joined[1].map((part) => (typeof part === 'string' ? part : filled(part))).join('');
}

const code = deployedCode();

/** Runs it as CloudFront would: with the one module of its runtime that it takes, and nothing of Node's. */
function handle(changes: Partial<Request>, functionCode = code): Answer & Request {
  const { headers, ...others } = changes;
  const host = { host: { value: 'shop.acme.example' } };
  const request = {
    method: 'GET',
    uri: '/',
    cookies: {},
    querystring: {},
    ...others,
    headers: { ...host, ...headers },
  };
  const require = (name: string): unknown => (name === 'crypto' ? crypto : undefined);
  return runInNewContext(`${functionCode}; handler(event)`, { event: { request }, require }) as Answer & Request;
}

const basic = (login: string): Pick<Request, 'headers'> => ({
  headers: { authorization: { value: `Basic ${login}` } },
});
const withPass = (value = PASS): Pick<Request, 'cookies'> => ({ cookies: { '__Host-visitor': { value } } });
const navigation = { 'sec-fetch-mode': { value: 'navigate' } };

test('asks for a login before anything of the shop, and lets nothing be kept or listed', () => {
  expect(handle({})).toMatchObject({
    statusCode: 401,
    headers: {
      'www-authenticate': { value: 'Basic realm="Staging", charset="UTF-8"' },
      'cache-control': { value: 'no-store' },
      'x-robots-tag': { value: 'noindex, nofollow' },
      'strict-transport-security': { value: expect.stringContaining('max-age') as string },
    },
  });
});

test('lets in who knows it, and the shop never sees it', () => {
  const passed = handle({ uri: '/store/products', ...basic(LOGIN) });
  expect(passed.uri).toBe('/store/products');
  expect(passed.headers).toEqual({ host: { value: 'shop.acme.example' } });
});

test.each([
  ['another password', basic(Buffer.from('staging:wrong').toString('base64'))],
  ['no password', basic('')],
  ['the digest that stands in the function', basic(ATTRIBUTES.LoginDigest)],
  ['the digest of the pass, as a pass', withPass(ATTRIBUTES.PassDigest)],
  ['an empty pass', withPass('')],
  ['the login as a pass', withPass(LOGIN)],
  ['another scheme', { headers: { authorization: { value: `Bearer ${LOGIN}` } } }],
])('refuses %s', (_, request) => {
  expect(handle(request).statusCode).toBe(401);
});

test('gives a browser a pass, on the host alone and over TLS alone, and leads it to where it was going', () => {
  const querystring = { q: { value: 'shoe' } };
  const answer = handle({ uri: '/app', querystring, headers: { ...basic(LOGIN).headers, ...navigation } });
  expect(answer).toMatchObject({
    statusCode: 302,
    headers: { location: { value: 'https://shop.acme.example/app?q=shoe' }, 'cache-control': { value: 'no-store' } },
    cookies: { '__Host-visitor': { value: PASS, attributes: 'Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200' } },
  });
});

test('with the pass, the header of the shop’s own programs reaches the shop, and the pass does not', () => {
  const authorization = { value: 'Bearer of-the-shop' };
  const cookies = { ...withPass().cookies, cart: { value: '1' } };
  const passed = handle({ cookies, headers: { authorization, ...navigation } });
  expect(passed.statusCode).toBeUndefined();
  expect(passed.headers.authorization).toEqual(authorization);
  expect(passed.cookies).toEqual({ cart: { value: '1' } });
});

test('never leads in circles: who shows the pass is not given another', () => {
  const request = { ...withPass(), headers: { ...basic(LOGIN).headers, ...navigation } };
  expect(handle(request).statusCode).toBeUndefined();
});

test.each([
  ['POST', '/hooks/payment/stripe', {}],
  ['POST', '/paid/7', {}],
  ['GET', '/', { 'wc-api': { value: 'paypal' } }],
])('lets a webhook through without a login: %s %s', (method, uri, querystring) => {
  expect(handle({ method, uri, querystring }).statusCode).toBeUndefined();
});

test.each([
  ['climbs', '/hooks/../app'],
  ['is encoded', '/hooks/%2e%2e/app'],
  ['has a segment too many', '/hooks//app'],
  ['hides its dots', '/hooks/.%2e/app'],
  ['has a backslash', '/hooks/..\\app'],
  ['has a parameter in its path', '/hooks/..;/app'],
  ['only begins alike', '/hooksapp'],
  ['is another page', '/app/hooks/'],
  ['has another method', '/paid/7'],
])('lets nothing else through: a path that %s', (_, uri) => {
  expect(handle({ uri, querystring: { 'wc-api': { value: '1' } } }).statusCode).toBe(401);
});

test('lets through no path but a webhook’s, however it is written', () => {
  const parts = fc.constantFrom(
    '/',
    '.',
    '..',
    '%2e',
    '%2F',
    'hooks',
    'app',
    'admin',
    ';',
    '\\',
    '~',
    '_',
    'x',
    '%',
    '?',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (found) => {
      const uri = `/${found.join('')}`;
      const { statusCode } = handle({ method: 'GET', uri });
      // What any server could make of it: decoded, and with every kind of separator taken for a slash.
      const climbs = /%|\\|;|\/\/|\/\./.test(uri);
      expect(statusCode === 401 || (!climbs && /^\/hooks(\/|$)/.test(uri))).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test('judges a long path at once', () => {
  const before = performance.now();
  handle({ uri: `/${'a'.repeat(8_000)}!` });
  expect(performance.now() - before).toBeLessThan(500);
});

test('without webhooks nothing is let through', () => {
  expect(handle({ method: 'POST', uri: '/hooks/payment' }, deployedCode([])).statusCode).toBe(401);
});

test('holds no password, and stays within what CloudFront takes', () => {
  expect(code).not.toContain(LOGIN);
  expect(code).not.toContain(PASS);
  expect(Buffer.byteLength(code)).toBeLessThan(10_240);
});

test('leads to the host before it asks: the password is given to one host', () => {
  expect(handle({ headers: { host: { value: `${randomUUID()}.cloudfront.net` } } }).statusCode).toBe(301);
});

test('another generation is another secret', () => {
  const idsOf = (generation: number): string[] => {
    const stack = foreignStack();
    new VisitorLogin(stack, 'Login', { generation });
    return Object.keys(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'));
  };
  expect(idsOf(2)).not.toEqual(idsOf(1));
});

test('refuses a generation that is none', () => {
  expect(() => new VisitorLogin(foreignStack(), 'Login', { generation: 0 })).toThrow(
    refusal(['GenerationInvalid'], 'generation is 0; it must be a whole number from 1.'),
  );
});
