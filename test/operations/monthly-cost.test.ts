import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { MonthlyCost } from '../../lib';
import { TIERS, type Tier } from '../../lib/app';
import { ROOT } from '../support/documents';
import { foreignStack } from '../support/stack';
import { appOf, BARE, storeOf } from '../support/stores';

/** A Medusa shop at rest: the store of which the documentation gives the price. */
function costOf(tier: Tier): MonthlyCost {
  return MonthlyCost.of(appOf({ medusa: storeOf({ tier, application: BARE.application }) }));
}

const COSTS = Object.fromEntries(TIERS.map((tier) => [tier, costOf(tier)])) as Record<Tier, MonthlyCost>;

/** The rows of a table that begin with a text and go on with numbers, one for each tier. */
function rowsOf(file: string, tiers: number): [string, number[]][] {
  const page = readFileSync(path.join(ROOT, file), 'utf8');
  const rows = [...page.matchAll(/^\| \**`?([A-Za-z][\w \x2d]*?)`?\** \|((?: \**[\d,]+\** \|)+)/gm)];
  return rows
    .map(([, what = '', numbers = '']): [string, number[]] => [what, numbers.match(/[\d,]+/g)!.map(withoutCommas)])
    .filter(([, numbers]) => numbers.length === tiers);
}

function withoutCommas(text: string): number {
  return Number(text.replaceAll(',', ''));
}

function rounded(what: string): number[] {
  return TIERS.map((tier) => Math.round(COSTS[tier].items.find((item) => item.what === what)?.usd ?? 0));
}

test('the table of docs/DEPLOY.md says what a store costs, kind by kind', () => {
  const kinds = new Set(TIERS.flatMap((tier) => COSTS[tier].items.map(({ what }) => what)));
  const sum: [string, number[]] = ['sum', TIERS.map((tier) => Math.round(COSTS[tier].usd))];
  const expected = [...[...kinds].map((what): [string, number[]] => [what, rounded(what)]), sum];
  expect(Object.fromEntries(rowsOf('docs/DEPLOY.md', TIERS.length))).toEqual(Object.fromEntries(expected));
});

test('the README says about what a store costs', () => {
  const about = Object.fromEntries(rowsOf('README.md', 1).filter(([tier]) => TIERS.includes(tier as Tier)));
  expect(about).toEqual(Object.fromEntries(TIERS.map((tier) => [tier, [10 * Math.round(COSTS[tier].usd / 10)]])));
});

test('everything that a store is made of has a price', () => {
  expect(TIERS.flatMap((tier) => COSTS[tier].unpriced)).toEqual([]);
});

test('names what it has no price for, and leaves it out of the sum', () => {
  const stack = foreignStack();
  new CfnDBInstance(stack, 'Database', { dbInstanceClass: 'db.r8g.large' });
  new CfnReplicationGroup(stack, 'Cache', {
    replicationGroupDescription: 'Sessions',
    cacheNodeType: 'cache.r7g.large',
  });
  const { usd, unpriced } = MonthlyCost.of(stack);
  expect(unpriced).toEqual(['Foreign/Database', 'Foreign/Cache']);
  expect(usd).toBe(0);
});

test('counts an alarm once for each metric that it reads', () => {
  const stack = foreignStack();
  const metric = (metricName: string): Metric => new Metric({ namespace: 'Shop', metricName });
  const share = new MathExpression({
    expression: 'errors / requests',
    usingMetrics: { errors: metric('Errors'), requests: metric('Requests') },
  });
  new Alarm(stack, 'Share', { metric: share, threshold: 1, evaluationPeriods: 1 });
  new Alarm(stack, 'Errors', { metric: metric('Errors'), threshold: 1, evaluationPeriods: 1 });
  expect(MonthlyCost.of(stack).usd).toBeCloseTo(0.3);
});

test('adds what a rule group of AWS costs to the price of its rule', () => {
  const stack = foreignStack();
  const visibilityConfig = { metricName: 'all', cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
  const group = { vendorName: 'AWS', name: 'AWSManagedRulesBotControlRuleSet' };
  new CfnWebACL(stack, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig,
    rules: [{ name: 'bots', priority: 0, statement: { managedRuleGroupStatement: group }, visibilityConfig }],
  });
  expect(MonthlyCost.of(stack).usd).toBe(5 + 1 + 10);
});

test('counts what stands in two of the given constructs once', () => {
  const stack = foreignStack();
  const key = new Key(stack, 'Key');
  expect(MonthlyCost.of(stack, key).usd).toBe(1);
});
