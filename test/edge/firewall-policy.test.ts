import { Application, FirewallMode, GeographicRule, Waiver } from '../../lib';
import { ruleWith, rulesWith, shop } from '../support/firewall';
import { MEDUSA_SESSION } from '../support/medusa-session';
import { evaluate } from '../support/web-acl';
import { WOOCOMMERCE_SESSION } from '../support/woocommerce-session';

const { requestClasses } = shop;
const rules = rulesWith({ requestClasses });

describe('bodies', () => {
  const body = { CommonRules: ['awswaf:managed:aws:core-rule-set:SizeRestrictions_Body'] };
  const script = { CommonRules: ['awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body'] };

  test.each([
    ['an upload', '/admin/uploads'],
    ['a description', '/admin/products/prod_1'],
    ['a webhook', '/hooks/payment/pp_stripe_stripe'],
  ])('may be large and hold HTML in %s', (_, path) => {
    const request = { method: 'POST', path };
    expect(evaluate(rules, request, { groupLabels: body }).refused).toBeUndefined();
    expect(evaluate(rules, request, { groupLabels: script }).refused).toBeUndefined();
  });

  test.each(['/store/carts/cart_1', '/auth/customer/emailpass', '/admin/uploads/../../store/carts/cart_1'])(
    'may be neither in a request to %s',
    (path) => {
      const request = { method: 'POST', path };
      expect(evaluate(rules, request, { groupLabels: body }).refused).toBe(403);
      expect(evaluate(rules, request, { groupLabels: script }).refused).toBe(403);
    },
  );

  test('are only labelled by the group, so that the exception can be made', () => {
    const rule = ruleWith('CommonRules', { requestClasses });
    expect(rule.Statement.ManagedRuleGroupStatement?.RuleActionOverrides).toEqual([
      { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
      { Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } },
    ]);
  });

  test('are left to the group where nothing is excepted', () => {
    expect(ruleWith('CommonRules').Statement.ManagedRuleGroupStatement).toEqual({
      Name: 'AWSManagedRulesCommonRuleSet',
      VendorName: 'AWS',
    });
  });
});

describe('webhooks', () => {
  const webhook = { method: 'POST', path: '/hooks/payment/pp_stripe_stripe' };
  const page = { method: 'GET', path: '/app' };

  test('may come from a hosting provider', () => {
    expect(evaluate(rules, webhook).rules).not.toContain('AnonymousIpList');
    expect(evaluate(rules, page).rules).toContain('AnonymousIpList');
  });

  test('may come from a country from which nobody else may', () => {
    const rules = rulesWith({ requestClasses, geography: GeographicRule.only('PH', 'SG') });
    expect(evaluate(rules, webhook, { country: 'US' }).refused).toBeUndefined();
    expect(evaluate(rules, page, { country: 'US' }).refused).toBe(403);
    expect(evaluate(rules, page, { country: 'SG' }).refused).toBeUndefined();
  });

  test('may not come from a country that is left out', () => {
    const rules = rulesWith({ requestClasses, geography: GeographicRule.allExcept('KP') });
    expect(evaluate(rules, webhook, { country: 'KP' }).refused).toBe(403);
    expect(evaluate(rules, webhook, { country: 'US' }).refused).toBeUndefined();
  });
});

describe('limits', () => {
  test.each(MEDUSA_SESSION)('count the request when somebody $doing', ({ request, kinds }) => {
    const looked = evaluate(rules, request).rules;
    const sensitive = ['login', 'sign-up', 'checkout'] as const;
    const expected = {
      LimitTotal: true,
      LimitSensitive: sensitive.some((kind) => kinds.includes(kind)),
      LimitLogin: kinds.includes('login'),
      LimitSignUp: kinds.includes('sign-up'),
      LimitCheckout: kinds.includes('checkout'),
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, looked.includes(name)]))).toEqual(expected);
  });

  test('split an address by client, and a plain ceiling catches who slips through', () => {
    expect(ruleWith('LimitCheckout', { requestClasses }).Statement.RateBasedStatement).toMatchObject({
      Limit: 100,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'CUSTOM_KEYS',
      CustomKeys: [{ IP: {} }, { JA4Fingerprint: { FallbackBehavior: 'MATCH' } }],
    });
    expect(ruleWith('LimitSensitive', { requestClasses }).Statement.RateBasedStatement).toMatchObject({
      Limit: 1000,
      AggregateKeyType: 'IP',
    });
    expect(ruleWith('LimitTotal', { requestClasses }).Statement.RateBasedStatement).toEqual({
      Limit: 10000,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'IP',
    });
  });

  test('answer 429 and say when to come back', () => {
    expect(ruleWith('LimitTotal').Action).toEqual({
      Block: {
        CustomResponse: {
          ResponseCode: 429,
          CustomResponseBodyKey: 'slowDown',
          ResponseHeaders: [{ Name: 'Retry-After', Value: '300' }],
        },
      },
    });
  });
});

describe('a WooCommerce shop', () => {
  const { requestClasses } = Application.woocommerce({ image: 'shop' });
  const rules = rulesWith({ requestClasses });

  test.each(WOOCOMMERCE_SESSION)('counts and refuses as it should when somebody $doing', ({ request, kinds }) => {
    const { rules: looked, refused } = evaluate(rules, request);
    const isClosed = kinds.includes('closed');
    expect(refused).toBe(isClosed ? 403 : undefined);
    // What is refused is not looked at by the limits behind it.
    const limits = (['login', 'signUp', 'checkout'] as const).map((kind) => looked.includes(limitOf(kind)));
    const wanted = (['login', 'sign-up', 'checkout'] as const).map((kind) => !isClosed && kinds.includes(kind));
    expect(limits).toEqual(wanted);
  });

  test.each(['/XMLRPC.php', '//xmlrpc.php', '/x/../xmlrpc.php', '/%78mlrpc.php', '/wp-admin/maint/repair.php'])(
    'is closed at %s, before anything else looks at the request',
    (path) => {
      const { rules: looked, refused } = evaluate(rules, { method: 'POST', path });
      expect(refused).toBe(403);
      expect(looked.filter((name) => !name.startsWith('Label'))).toEqual(['ClosedPaths']);
    },
  );

  test('only counts closed paths while it moves in', () => {
    const waiver = Waiver.because('We move the shop and watch first', {
      owner: 'platform@acme.example',
      until: '2026-12-01',
    });
    const mode = FirewallMode.observe(waiver);
    expect(ruleWith('ClosedPaths', { requestClasses, mode }).Action).toEqual({ Count: {} });
  });

  test('pays for no path where the query says everything', () => {
    const statement = JSON.stringify(ruleWith('LabelCheckout', { requestClasses }).Statement);
    expect(statement.match(/UriPath/g)).toHaveLength(2);
    expect(statement.match(/QueryString/g)).toHaveLength(1);
  });
});

function limitOf(kind: 'login' | 'signUp' | 'checkout'): string {
  return `Limit${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}
