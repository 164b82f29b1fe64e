import * as fc from 'fast-check';
import {
  Application,
  type ApplicationContext,
  type ApplicationEnvironment,
  ControlPlace,
  EnvironmentValue,
  ProcessKind,
  RequestClass,
  RequestMatcher,
  ShopControl,
  type StorefrontRequest,
} from '../../lib';
import { spellings } from '../support/spellings';
import { WOOCOMMERCE_SESSION } from '../support/woocommerce-session';

const image = `sha256:${'0'.repeat(64)}`;
const shop = Application.woocommerce({ image });

const context: ApplicationContext = {
  hosts: ['shop.acme.example', 'www.acme.example'],
  region: 'ap-southeast-1',
  contentSecurityPolicy: shop.contentSecurityPolicy.allow('script-src', 'https://js.stripe.com'),
  database: { host: 'db.internal', port: '3306', databaseName: 'shop' },
  cache: { host: 'cache.internal', port: '6379' },
};

function environmentOf(id: string, of = shop): ApplicationEnvironment {
  const process = of.processes.find((each) => each.id === id);
  return of.environment(process!, context);
}

function kindsOf(request: StorefrontRequest, of = shop): string[] {
  return of.requestClasses.filter((each) => each.matches(request)).map(({ kind }) => kind);
}

describe('requests of a session', () => {
  test.each(WOOCOMMERCE_SESSION)('$doing', ({ request, kinds }) => {
    expect(kindsOf(request).sort()).toEqual([...kinds].sort());
  });

  test.each(WOOCOMMERCE_SESSION)('$doing, spelled to get past a rule', ({ request, kinds }) => {
    fc.assert(
      fc.property(spellings(request.path), (path) => {
        expect(kindsOf({ ...request, path })).toEqual(expect.arrayContaining([...kinds]));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['/', 'wc-ajax=checkout'],
    ['/shop/page/2/', 'wc-ajax=checkout'],
    ['/', 'wc%2Dajax=check%6fut'],
    ['/', 'x=1&wc-ajax=none&wc-ajax=checkout'],
    ['/index.php', 'wc-ajax=apply_coupon&x'],
  ])('pays at %s?%s, wherever WooCommerce would take it', (path, query) => {
    expect(kindsOf({ method: 'POST', path, query })).toContain('checkout');
  });

  test.each([
    ['/my-account/', 'wc-api=x'],
    ['/checkout/', 'wc-api=x'],
  ])('is no webhook at %s?%s, where it would be spared', (path, query) => {
    expect(kindsOf({ method: 'POST', path, query })).not.toContain('webhook');
  });

  test('follow the pages of the shop', () => {
    const local = Application.woocommerce({ image, accountPath: '/mein-konto', checkoutPath: '/kasse' });
    expect(kindsOf({ method: 'POST', path: '/mein-konto/' }, local)).toEqual(['login', 'sign-up']);
    expect(kindsOf({ method: 'POST', path: '/kasse/' }, local)).toEqual(['login', 'checkout']);
    expect(kindsOf({ method: 'POST', path: '/my-account/' }, local)).toEqual([]);
  });

  test('of plugins of the shop are added to those of WooCommerce', () => {
    const own = RequestClass.checkout(RequestMatcher.path('/').query('wc-ajax', 'ppc-create-order'));
    const { requestClasses } = Application.woocommerce({ image, requestClasses: [own] });
    expect(requestClasses).toEqual([...shop.requestClasses, own]);
  });
});

test('runs as a server, a worker and the changes of the database before them', () => {
  expect(shop.processes.map(({ id, kind, command }) => [id, kind, command?.join(' ')])).toEqual([
    ['Server', ProcessKind.SERVER, 'shop-server'],
    ['Worker', ProcessKind.WORKER, 'shop-worker'],
    ['Migrations', ProcessKind.MIGRATION, 'shop-migrate'],
  ]);
});

describe('the environment', () => {
  test('tells WordPress where it is, and what its pages may load', () => {
    const { CONTENT_SECURITY_POLICY, ...others } = environmentOf('Server').variables;
    expect(others).toEqual({
      WP_HOME: 'https://shop.acme.example',
      WORDPRESS_DB_HOST: 'db.internal',
      WORDPRESS_DB_PORT: '3306',
      WORDPRESS_DB_NAME: 'shop',
      WORDPRESS_TABLE_PREFIX: 'wp_',
      WP_REDIS_HOST: 'cache.internal',
      WP_REDIS_PORT: '6379',
      ACCOUNT_PATH: '/my-account',
      CHECKOUT_PATH: '/checkout',
    });
    expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self' https://js.stripe.com");
  });

  test('keeps logins and generated secrets out of the variables', () => {
    expect(environmentOf('Worker').secrets).toEqual({
      WORDPRESS_DB_USER: { source: 'database', field: 'username' },
      WORDPRESS_DB_PASSWORD: { source: 'database', field: 'password' },
      WP_REDIS_USERNAME: { source: 'cache', field: 'username' },
      WP_REDIS_PASSWORD: { source: 'cache', field: 'password' },
      WORDPRESS_SALT: { source: 'generated', name: 'WORDPRESS_SALT' },
      SECOND_FACTOR_KEY: { source: 'generated', name: 'SECOND_FACTOR_KEY' },
    });
  });

  test('takes further variables', () => {
    const more = Application.woocommerce({
      image,
      environment: { MAIL_FROM: EnvironmentValue.text('shop@acme.example') },
    });
    expect(environmentOf('Worker', more).variables.MAIL_FROM).toBe('shop@acme.example');
  });

  test('knows the tables of a shop that moves in', () => {
    const moved = Application.woocommerce({ image, tablePrefix: 'acme2019_' });
    expect(environmentOf('Server', moved).variables.WORDPRESS_TABLE_PREFIX).toBe('acme2019_');
  });
});

describe('refuses', () => {
  test.each(['', '/', 'my-account', '/my-account/*', '/{page}'])('%j as the path of a page', (accountPath) => {
    expect(() => Application.woocommerce({ image, accountPath })).toThrow(/accountPath is .*\[Pa(ge|th)Pat/);
  });

  test.each(['', '1_', 'wp-', "wp_'; --"])('%j as the beginning of table names', (tablePrefix) => {
    expect(() => Application.woocommerce({ image, tablePrefix })).toThrow(
      /tablePrefix is .*; it must be a letter and at most 19 letters, digits and underscores\. .*\[TablePrefixInvalid\]/,
    );
  });
});

test('salts are rotated, and the key of second factors is kept', () => {
  const kept = shop.generatedSecrets.filter(({ keptBecause }) => keptBecause !== undefined);
  expect(kept.map(({ name }) => name)).toEqual(['SECOND_FACTOR_KEY']);
});

test('every control is stated once, and none is missing', () => {
  expect(shop.controls.map(({ control }) => control).sort()).toEqual(Object.values(ShopControl).sort());
  expect(shop.controls.filter(({ place }) => place === ControlPlace.NOT_AVAILABLE)).toEqual([]);
});

test('scripts come from the shop itself: pages name theirs by a nonce', () => {
  const { directives } = shop.contentSecurityPolicy;
  expect(directives['script-src'] ?? directives['default-src']).toEqual(["'self'"]);
  expect(directives['frame-ancestors']).toEqual(["'self'"]);
});

test('a login that fails is told apart from one that succeeds', () => {
  expect(shop.loginForm).toMatchObject({
    encoding: 'FORM_ENCODED',
    fields: { username: 'username', password: 'password' },
    answers: { success: [302], failure: [200] },
  });
});
