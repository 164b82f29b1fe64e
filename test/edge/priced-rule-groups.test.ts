import { BotControlLevel, RequestClass, RequestMatcher } from '../../lib';
import { ruleWith, rulesWith, shop } from '../support/firewall';
import { evaluate } from '../support/web-acl';

const { requestClasses } = shop;
const loginForm = shop.loginForm!;

describe('priced groups', () => {
  test('are off', () => {
    expect(JSON.stringify(rulesWith({ requestClasses }))).not.toMatch(/AntiDDoS|ATP|ACFP|BotControl/);
  });

  test('the one against floods challenges nothing that is answered with data', () => {
    const rule = ruleWith('AntiDdos', { requestClasses, antiDdos: {} });
    const [config] = rule.Statement.ManagedRuleGroupStatement?.ManagedRuleGroupConfigs ?? [];
    const exempt = /"RegexString":"((?:[^"\\]|\\.)*)"/g;
    const expressions = [...JSON.stringify(config).matchAll(exempt)].map(
      ([, text]) => JSON.parse(`"${text}"`) as string,
    );
    const isExempt = (path: string): boolean =>
      expressions.some((each) => new RegExp(each.replace('(?i)', ''), 'i').test(path));
    const paths = ['/store/products', '/hooks/payment/x', '/app/assets/index.js', '/app', '/app/orders'];
    expect(paths.map(isExempt)).toEqual([true, true, true, false, false]);
    expect(Math.max(...expressions.map(({ length }) => length))).toBeLessThanOrEqual(512);
  });

  test('the one against floods exempts no path for the sake of a query', () => {
    const api = RequestClass.api(RequestMatcher.path('/*').query('wc-ajax'));
    const rule = JSON.stringify(ruleWith('AntiDdos', { requestClasses: [api], antiDdos: {} }));
    expect(rule.match(/"RegexString"/g)).toHaveLength(1);
    expect(rule).toContain('woff2');
  });

  test('the one against account takeover reads the login of the shop and judges its answer', () => {
    const rule = ruleWith('AccountTakeover', { accountTakeover: { loginForm } });
    expect(rule.Statement.ManagedRuleGroupStatement?.ManagedRuleGroupConfigs).toEqual([
      {
        AWSManagedRulesATPRuleSet: {
          LoginPath: '(?i)^(?:/\\.\\.)*/auth/[^/]+/emailpass(?:/\\.?)?$',
          EnableRegexInPath: true,
          RequestInspection: {
            PayloadType: 'JSON',
            UsernameField: { Identifier: '/email' },
            PasswordField: { Identifier: '/password' },
          },
          ResponseInspection: { StatusCode: { SuccessCodes: [200], FailureCodes: [401] } },
        },
      },
    ]);
  });

  test('the one against false accounts reads the sign-up and the page before it', () => {
    const signUpForm = loginForm;
    const rule = ruleWith('AccountCreationFraud', { accountCreationFraud: { signUpForm, pagePath: '/sign.up' } });
    expect(rule.Statement.ManagedRuleGroupStatement?.ManagedRuleGroupConfigs).toEqual([
      {
        AWSManagedRulesACFPRuleSet: expect.objectContaining({
          RegistrationPagePath: '(?i)^(?:/\\.\\.)*/sign\\.up(?:/\\.?)?$',
          RequestInspection: {
            PayloadType: 'JSON',
            EmailField: { Identifier: '/email' },
            PasswordField: { Identifier: '/password' },
          },
        }) as object,
      },
    ]);
  });

  test('the one against bots is not asked about webhooks and files, nor a challenge sent for data', () => {
    const asked = (level: BotControlLevel): string[] => {
      const rules = rulesWith({ requestClasses, botControl: { level } });
      const paths = ['/app', '/store/products', '/hooks/payment/x', '/app/assets/index.js'];
      return paths.filter((path) => evaluate(rules, { method: 'POST', path }).rules.includes('BotControl'));
    };
    expect(asked(BotControlLevel.COMMON)).toEqual(['/app', '/store/products']);
    expect(asked(BotControlLevel.TARGETED)).toEqual(['/app']);
  });
});
