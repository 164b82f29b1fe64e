import * as fc from 'fast-check';
import { Template } from 'aws-cdk-lib/assertions';
import { Application, RequestClass, RequestMatcher, StorefrontFirewall, type StorefrontRequest } from '../../lib';
import { requestStatement } from '../../lib/edge/request-statements';
import { capacityOf } from '../../lib/edge/web-acl-capacity';
import { MEDUSA_SESSION } from '../support/medusa-session';
import { spellings } from '../support/spellings';
import { foreignStack } from '../support/stack';
import { evaluate, rulesOf } from '../support/web-acl';

/** The rules of a firewall that knows `classes`, each of them labelled. */
function rulesFor(classes: RequestClass[]): ReturnType<typeof rulesOf> {
  const stack = foreignStack();
  new StorefrontFirewall(stack, 'Firewall', { requestClasses: classes });
  return rulesOf(Template.fromStack(stack));
}

/** The kinds as which the rendered rules label a request, and as which the classes recognise it. */
function compare(
  rules: ReturnType<typeof rulesOf>,
  classes: readonly RequestClass[],
  request: StorefrontRequest,
): { rendered: string[]; recognised: string[] }[] {
  const recognised = [...new Set(classes.filter((each) => each.matches(request)).map(({ kind }) => kind as string))];
  return (['kept', 'dropped'] as const).map((climbing) => ({
    rendered: evaluate(rules, request, { climbing })
      .labels.map((label) => label.replace('request:', ''))
      .sort(),
    recognised: recognised.sort(),
  }));
}

/** Every class of a Medusa shop, as a kind that is labelled: the rules only label what some rule asks for. */
const LABELLED = ['login', 'sign-up', 'checkout', 'webhook', 'upload'];
const medusa = Application.medusa({ image: 'shop' }).requestClasses.filter(({ kind }) => LABELLED.includes(kind));
const medusaRules = rulesFor(medusa);

describe('the rendered rules and matches() agree', () => {
  test.each(MEDUSA_SESSION)('when somebody $doing', ({ request, kinds }) => {
    for (const { rendered, recognised } of compare(medusaRules, medusa, request)) {
      expect(rendered).toEqual(kinds.filter((kind) => LABELLED.includes(kind)).sort());
      expect(recognised).toEqual(rendered);
    }
  });

  test('however a request of a session is spelled', () => {
    const recorded = fc.constantFrom(...MEDUSA_SESSION.map(({ request }) => request));
    const spelled = recorded.chain((request) => spellings(request.path).map((path) => ({ ...request, path })));
    fc.assert(
      fc.property(spelled, (request) => {
        for (const { rendered, recognised } of compare(medusaRules, medusa, request)) {
          expect(rendered).toEqual(recognised);
        }
      }),
      { numRuns: 600 },
    );
  });

  test('on whatever else is sent', () => {
    const classes = [
      RequestClass.login(RequestMatcher.path('/wp-login.php/*').method('POST', 'PUT')),
      RequestClass.checkout(
        RequestMatcher.path('/').method('POST').query('wc-ajax', 'checkout'),
        RequestMatcher.path('/').query('rest_route', '/wc/store/v1/checkout').query('step', '2'),
      ),
      RequestClass.webhook(RequestMatcher.path('/*').query('wc-api', 'wc_gateway')),
      RequestClass.upload(RequestMatcher.path('/a/{x}/c'), RequestMatcher.path('/a/b')),
    ];
    const rules = rulesFor(classes);
    const piece = fc.constantFrom(
      ...[
        '/',
        '//',
        '.',
        '..',
        '%2e',
        '%2F',
        'a',
        'b',
        'C',
        '%61',
        'wp-login.php',
        '%',
        '%0a',
        '%00',
        '+',
        ' ',
        '\n',
        'ü',
      ],
    );
    const parameter = fc.constantFrom(
      ...['wc-ajax=checkout', '%77c-ajax=Checkout', '&', '%26', 'rest_route=/wc/store/v1/checkout', 'rest.route=', '+'],
      ...['step=2', 'wc-api=wc_gateway', 'x=y', '%0a', '\n', '%'],
    );
    const text = (pieces: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.array(pieces, { maxLength: 8 }).map((some) => some.join(''));
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'post'),
      path: text(piece).map((path) => `/${path}`),
      query: text(parameter),
    });
    fc.assert(
      fc.property(request, (each) => {
        for (const { rendered, recognised } of compare(rules, classes, each)) {
          expect(rendered).toEqual(recognised);
        }
      }),
      // A line feed that comes to the end by normalisation was once missed.
      { numRuns: 2000, examples: [[{ method: 'POST', path: '/wp-login.php\n/.', query: '' }]] },
    );
  });
});

describe('a statement', () => {
  const post = (pattern: string): RequestMatcher => RequestMatcher.path(pattern).method('POST');

  test('decodes and normalises the path before it looks, whatever its case', () => {
    expect(requestStatement([RequestMatcher.path('/admin/*')])).toEqual({
      regexMatchStatement: {
        fieldToMatch: { uriPath: {} },
        regexString: '(?i)^(?:/\\.\\.)*/admin(?:/|$)',
        textTransformations: [
          { priority: 0, type: 'URL_DECODE' },
          { priority: 1, type: 'NORMALIZE_PATH' },
        ],
      },
    });
  });

  test('pays the transformations once for all paths that share a method', () => {
    const statement = requestStatement([post('/a'), post('/b'), post('/c/{id}')]);
    const rule = { name: 'Rule', priority: 0, visibilityConfig: {} as never, statement };
    expect(statement.andStatement).toMatchObject({
      statements: [{ byteMatchStatement: { searchString: 'POST' } }, {}],
    });
    expect(capacityOf([rule])).toBe(2 + 3 + 20);
  });

  test('keeps paths of different methods and parameters apart', () => {
    const statement = requestStatement([post('/a'), RequestMatcher.path('/b'), post('/c').query('x', 'y')]);
    expect(statement.orStatement).toHaveProperty('statements.length', 3);
  });

  test('never holds an expression longer than AWS WAF takes, nor many branches', () => {
    const long = Array.from({ length: 60 }, (_, index) => post(`/a-rather-long-path-of-a-shop/{id}/number-${index}`));
    const statements = (requestStatement(long) as { orStatement: { statements: object[] } }).orStatement.statements;
    const expressions = statements.map((each) => /"regexString":"(.*?)"/.exec(JSON.stringify(each))?.[1] ?? '');
    expect(expressions.length).toBeGreaterThan(1);
    expect(Math.max(...expressions.map((each) => (JSON.parse(`"${each}"`) as string).length))).toBeLessThanOrEqual(512);
    expect(Math.max(...expressions.map((each) => each.split('|/').length))).toBeLessThanOrEqual(20);
    const requests = long.map((_, index) => ({
      method: 'POST',
      path: `/a-rather-long-path-of-a-shop/x/number-${index}`,
    }));
    const rules = rulesFor([RequestClass.login(...long)]);
    expect(requests.filter((each) => !evaluate(rules, each).labels.includes('request:login'))).toEqual([]);
  });

  test('of an expression uses nothing that AWS WAF documents as unsupported', () => {
    const expressions = JSON.stringify(medusaRules).match(/"RegexString":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(expressions.length).toBeGreaterThan(3);
    for (const expression of expressions) {
      expect(expression).not.toMatch(/\((?!\?:|\?i\))|\\[1-9CRK]|\(\?[=!<>|&(]|[*+?}]\+/);
    }
  });
});
