import { type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { capacityOf } from '../../lib/edge/web-acl-capacity';

type Statement = CfnWebACL.StatementProperty;

const none = [{ priority: 0, type: 'NONE' }];
const two = [
  { priority: 0, type: 'URL_DECODE' },
  { priority: 1, type: 'NORMALIZE_PATH' },
];
const method: Statement = {
  byteMatchStatement: { fieldToMatch: { method: {} }, positionalConstraint: 'EXACTLY', textTransformations: none },
};
const path: Statement = {
  regexMatchStatement: { fieldToMatch: { uriPath: {} }, regexString: '^/', textTransformations: two },
};
const label: Statement = { labelMatchStatement: { scope: 'LABEL', key: 'request:login' } };
const country: Statement = { geoMatchStatement: { countryCodes: ['PH'] } };

function rule(statement: Statement, labels = 0): CfnWebACL.RuleProperty {
  const ruleLabels = Array.from({ length: labels }, (_, index) => ({ name: `l${index}` }));
  return { name: 'Rule', priority: 0, statement, ruleLabels, visibilityConfig: {} as never };
}

/** Figures of https://docs.aws.amazon.com/waf/latest/developerguide, one page for each kind of statement. */
test.each<[string, Statement, number]>([
  ['an exact match', method, 2],
  ['an expression after two transformations', path, 3 + 20],
  ['a label', label, 1],
  ['a country', country, 1],
  ['two of them together', { andStatement: { statements: [method, path] } }, 25],
  ['either of two', { orStatement: { statements: [label, country] } }, 2],
  ['the opposite', { notStatement: { statement: label } }, 1],
  ['a limit by address', { rateBasedStatement: { limit: 10, aggregateKeyType: 'IP' } }, 2],
  [
    'a limit by two keys for one class',
    {
      rateBasedStatement: {
        limit: 10,
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys: [{ ip: {} }, { ja4Fingerprint: { fallbackBehavior: 'MATCH' } }],
        scopeDownStatement: label,
      },
    },
    2 + 60 + 1,
  ],
  [
    'the core rule set',
    { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } },
    700,
  ],
  [
    'a priced group for some requests',
    {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: 'AWSManagedRulesBotControlRuleSet',
        scopeDownStatement: { notStatement: { statement: label } },
      },
    },
    51,
  ],
])('%s needs its documented capacity', (_, statement, capacity) => {
  expect(capacityOf([rule(statement)])).toBe(capacity);
});

test('five labels cost one unit, and a sixth another', () => {
  expect(capacityOf([rule(label, 3), rule(label, 2)])).toBe(2 + 1);
  expect(capacityOf([rule(label, 3), rule(label, 3)])).toBe(2 + 2);
});
