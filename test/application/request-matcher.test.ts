import * as fc from 'fast-check';
import { RequestMatcher } from '../../lib';
import { spellings } from '../support/spellings';

const complete = RequestMatcher.path('/store/carts/{id}/complete').method('POST');
const request = (path: string, method = 'POST', query?: string): Parameters<RequestMatcher['matches']>[0] => ({
  method,
  path,
  query,
});

describe('a path', () => {
  test.each([
    ['/store/carts/cart_01/complete', true],
    ['/store/carts/cart_01/complete/', true],
    ['/STORE/Carts/cart_01/COMPLETE', true],
    ['//store///carts/cart_01/complete', true],
    ['/store/./carts/cart_01/complete/.', true],
    ['/store/carts/cart_00/../cart_01/complete', true],
    ['/../../store/carts/cart_01/complete', true],
    ['/%73tore/carts/cart_01/%63%6fmplete', true],
    ['/store%2fcarts%2Fcart_01%2fcomplete', true],
    ['/store/carts/a%20b/complete', true],
    ['/store/carts/cart_01/complete%0a', true],
    ['/%2573tore/carts/cart_01/complete', false],
    ['/store/carts/complete', false],
    ['/store/carts/a/b/complete', false],
    ['/store/carts/cart_01/completed', false],
    ['/store/carts/cart_01/complete/more', false],
    ['/api/store/carts/cart_01/complete', false],
    ['/store/carts/cart_01/complete/../line-items', false],
  ])('%s is recognised: %s', (path, recognised) => {
    expect(complete.matches(request(path))).toBe(recognised);
  });

  test('stands for itself and everything below it when it ends with a star', () => {
    const admin = RequestMatcher.path('/admin/*');
    const paths = ['/admin', '/admin/', '/admin/users/1', '/administration', '/shop/admin'];
    expect(paths.map((path) => admin.matches(request(path)))).toEqual([true, true, true, false, false]);
  });

  test('of the root is the root alone, and with a star everything', () => {
    const paths = ['/', '//', '/x/..', '/x'];
    expect(paths.map((path) => RequestMatcher.path('/').matches(request(path)))).toEqual([true, true, true, false]);
    expect(paths.map((path) => RequestMatcher.path('/*').matches(request(path)))).toEqual([true, true, true, true]);
  });

  test('takes a dot for a dot', () => {
    const login = RequestMatcher.path('/wp-login.php');
    expect(['/wp-login.php', '/wp-loginxphp'].map((path) => login.matches(request(path)))).toEqual([true, false]);
  });

  test('is recognised however it is spelled', () => {
    const recognised = fc.property(spellings('/store/carts/cart_01/complete'), (path) =>
      complete.matches(request(path)),
    );
    expect(fc.check(recognised, { numRuns: 2000 }).counterexample).toBeNull();
  });

  test.each(['store', '', '/admin/', '/a//b', '/a/*/b', '/a b', '/a%20b', '/a?b=c', '/a(b', '/{a b}', '/a*'])(
    '%j is refused',
    (pattern) => {
      expect(() => RequestMatcher.path(pattern)).toThrow(/pattern is .*; it must be segments .*\[PathPatternInvalid\]/);
    },
  );
});

describe('a method', () => {
  test('is compared as it was sent', () => {
    expect(
      ['POST', 'GET', 'post'].map((method) => complete.matches(request('/store/carts/a/complete', method))),
    ).toEqual([true, false, false]);
  });

  test('may be one of several, and any when none is named', () => {
    const changes = RequestMatcher.path('/cart').method('POST', 'PUT');
    expect(['POST', 'PUT', 'GET'].map((method) => changes.matches(request('/cart', method)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(RequestMatcher.path('/cart').matches(request('/cart', 'PATCH'))).toBe(true);
  });

  test('in small letters is refused', () => {
    expect(() => complete.method('post')).toThrow(
      /methods is "post"; it must be the name of an HTTP method.*\[MethodInvalid\]/,
    );
  });
});

describe('a query parameter', () => {
  const checkout = RequestMatcher.path('/').query('wc-ajax', 'checkout');

  test.each([
    ['wc-ajax=checkout', true],
    ['a=b&wc-ajax=checkout&c=d', true],
    ['WC-Ajax=Checkout', true],
    ['wc%2dajax=%63heckout', true],
    ['%20wc-ajax=checkout', true],
    ['wc-ajax=other&wc-ajax=checkout', true],
    ['wc-ajax=checkout2', false],
    ['xwc-ajax=checkout', false],
    ['wc-ajax=', false],
    [undefined, false],
  ])('in %s is recognised: %s', (query, recognised) => {
    expect(checkout.matches(request('/', 'POST', query))).toBe(recognised);
  });

  test('is known by every name that PHP takes for it', () => {
    const rest = RequestMatcher.path('/').query('rest_route', '/wc/store/v1/checkout');
    const names = ['rest_route', 'rest.route', 'rest+route', 'rest%5Broute', 'restroute'];
    const recognised = names.map((name) => rest.matches(request('/', 'POST', `${name}=/wc/store/v1/checkout`)));
    expect(recognised).toEqual([true, true, true, true, false]);
  });

  test('counts together with others', () => {
    const both = checkout.query('step', '2');
    expect(both.matches(request('/', 'POST', 'wc-ajax=checkout'))).toBe(false);
    expect(both.matches(request('/', 'POST', 'step=2&wc-ajax=checkout'))).toBe(true);
  });

  test('may have one of several values, and any when none is named', () => {
    const paying = RequestMatcher.path('/').query('wc-ajax', 'checkout', 'apply_coupon');
    const any = RequestMatcher.path('/').query('wc-api');
    const matching = (matcher: RequestMatcher, queries: string[]): boolean[] =>
      queries.map((query) => matcher.matches(request('/', 'POST', query)));
    expect(matching(paying, ['wc-ajax=checkout', 'wc-ajax=apply_coupon', 'wc-ajax=checkoutapply_coupon'])).toEqual([
      true,
      true,
      false,
    ]);
    expect(matching(any, ['wc-api=x', 'wc-api', 'a=b&wc-api=', 'wc-api2=x', 'wc-api[]=x'])).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test.each([
    ['a=b', 'c'],
    ['a', ''],
    ['a', 'b&c'],
  ])('%j with value %j is refused', (name, value) => {
    expect(() => checkout.query(name, value)).toThrow('[QueryParameterInvalid]');
  });
});

describe('an exception', () => {
  const staff = RequestMatcher.path('/wp-admin/*').except('admin-');

  test.each([
    ['/wp-admin', true],
    ['/wp-admin/', true],
    ['/wp-admin/admin.php', true],
    ['/wp-admin/adm', true],
    ['/wp-admin/users.php', true],
    ['/wp-admin/network/admin-ajax.php', true],
    ['/wp-admin/admin-ajax.php', false],
    ['/WP-Admin/Admin-Post.php', false],
    ['/wp-admin/%61dmin-ajax.php', false],
    ['/wp-admin/users.php/../admin-ajax.php', false],
    ['/wp-administrator', false],
  ])('leaves %s in: %s', (path, recognised) => {
    expect(staff.matches(request(path))).toBe(recognised);
  });

  test.each([
    [RequestMatcher.path('/wp-admin'), 'admin-'],
    [RequestMatcher.path('/wp-admin/*'), ''],
    [RequestMatcher.path('/wp-admin/*'), '.*'],
    [staff, 'post'],
  ])('that cannot be is refused', (matcher, beginning) => {
    expect(() => matcher.except(beginning)).toThrow(
      /except is .*; it must be letters, digits and hyphens, and be said once of a path that ends in \/\*\..*\[ExceptionInvalid\]/,
    );
  });
});
