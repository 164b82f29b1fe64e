import { runInNewContext } from 'node:vm';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import { StrictTransportSecurity } from '../../lib';
import { ViewerRequest } from '../../lib/edge/viewer-request';

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

interface Request {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, Value>>;
  readonly querystring: Readonly<Record<string, Value>>;
}

interface Redirect {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, Value>>;
}

interface DeployedFunction {
  readonly Properties: {
    readonly FunctionCode: string;
    readonly FunctionConfig: { readonly Runtime: string };
    readonly Name: string;
  };
}

function deployed(): DeployedFunction['Properties'] {
  const stack = new Stack(undefined, 'Foreign');
  const strictTransportSecurity = StrictTransportSecurity.hostOnly();
  new ViewerRequest(stack, 'ViewerRequest', { host: 'shop.acme.example', strictTransportSecurity });
  const [found] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::Function'));
  return (found as DeployedFunction).Properties;
}

const { FunctionCode, FunctionConfig } = deployed();

/** Runs the code of the template as CloudFront would: plain JavaScript with nothing around it. */
function handle(request: Partial<Request>): Request | Redirect {
  const event = { request: { method: 'GET', uri: '/', headers: {}, querystring: {}, ...request } };
  return runInNewContext(`${FunctionCode}; handler(event)`, { event }) as Request | Redirect;
}

const at = (host: string): Pick<Request, 'headers'> => ({ headers: { host: { value: host } } });
const redirected = (request: Partial<Request>): Redirect => handle(request) as Redirect;

test('runs on the runtime that understands its language', () => {
  expect(FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
});

test.each(['shop.acme.example', 'SHOP.acme.example'])('lets a request to %s through as it is', (host) => {
  const request = { method: 'POST', uri: '/cart', querystring: { a: { value: '1' } }, ...at(host) };
  expect(handle(request)).toEqual(request);
});

test.each(['x-forwarded-host', 'x-original-url', 'forwarded', 'x-middleware-subrequest'])(
  'removes %s, with which a visitor could make the shop believe something else',
  (name) => {
    const { headers } = at('shop.acme.example');
    expect(handle({ headers: { ...headers, [name]: { value: 'evil.example' } } }).headers).toEqual(headers);
  },
);

test.each([
  ['a second host', at('www.acme.example')],
  ['the name CloudFront gave', at('d111111abcdef8.cloudfront.net')],
  ['a host that only begins alike', at('shop.acme.example.evil.example')],
  ['no host at all', {}],
])('leads away from %s', (_, request) => {
  expect(redirected(request)).toMatchObject({
    statusCode: 301,
    headers: { location: { value: 'https://shop.acme.example/' } },
  });
});

test.each([
  ['GET', 301],
  ['HEAD', 301],
  ['POST', 308],
  ['PUT', 308],
])('redirects a %s with %i, so that what was posted is posted again', (method, statusCode) => {
  expect(redirected({ method, ...at('www.acme.example') }).statusCode).toBe(statusCode);
});

test('keeps path and query, also parameters that repeat or are empty', () => {
  const { headers } = redirected({
    ...at('www.acme.example'),
    uri: '/p/shoe%20red',
    querystring: { size: { value: '42', multiValue: [{ value: '42' }, { value: '43' }] }, q: { value: '' } },
  });
  expect(headers.location?.value).toBe('https://shop.acme.example/p/shoe%20red?size=42&size=43&q=');
});

test('never leads to another host, whatever the path and the query are', () => {
  const paths = fc.oneof(fc.webPath(), fc.constantFrom('/evil.example', '@evil.example', '\\evil.example'));
  const queries = fc.dictionary(fc.string(), fc.record({ value: fc.string() }));
  fc.assert(
    fc.property(paths, queries, (path, querystring) => {
      const { headers } = redirected({ uri: `/${path}`, querystring, ...at('www.acme.example') });
      expect(new URL(headers.location?.value ?? '').origin).toBe('https://shop.acme.example');
    }),
  );
});

test('tells browsers of the other host to speak TLS only, and to ask again within an hour', () => {
  expect(redirected(at('www.acme.example')).headers).toMatchObject({
    'strict-transport-security': { value: 'max-age=63072000' },
    'cache-control': { value: 'max-age=3600' },
  });
});
