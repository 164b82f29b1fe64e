import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Lazy } from 'aws-cdk-lib';
import { Alarm, CfnDashboard, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { MonthlyCost } from '../../lib';
import { foreignStack } from '../support/stack';

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

test('what shows the budget is priced without being rendered: the budget is computed from it', () => {
  const stack = foreignStack();
  const dashboardBody = Lazy.string({ produce: () => String(MonthlyCost.of(stack).usd) });
  new CfnDashboard(stack, 'Dashboard', { dashboardBody });
  expect(MonthlyCost.of(stack).usd).toBe(3);
});
