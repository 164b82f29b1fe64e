import { OrdersMetric, PaymentIntegration, SpendAnomalies, SpendScope } from '../../lib';
import { expectRefusal, refusalOf, BARE } from '../support/stores';

test('takes how orders are counted and what a month may cost', () => {
  const spend = { monthlyBudget: 900, scope: SpendScope.store(), anomalies: SpendAnomalies.ofServices() };
  expect(refusalOf({ ...BARE, orders: OrdersMetric.logLine('order'), spend })).toEqual([]);
});

test('refuses a budget of nothing', () => {
  expectRefusal(
    { spend: { monthlyBudget: 0 } },
    'spend.monthlyBudget is 0; it must be a number of USD above 0. ' +
      'Write 600, for example, or leave it out: it is then computed. [MonthlyBudgetInvalid]',
  );
});

test('refuses a pattern where a way of counting is meant, and what is no choice', () => {
  const problems = refusalOf({ ...BARE, orders: 'order.placed', spend: { scope: 'store', limit: 3 } });
  expect(problems.filter((line) => line.includes('[OrdersMetricMissing]'))).toHaveLength(1);
  expect(problems.filter((line) => line.includes('[SpendScopeMissing]'))).toHaveLength(1);
  expect(problems.filter((line) => line.startsWith('spend.limit is 3'))).toHaveLength(1);
});

test('takes how card data gets to the gateway, and refuses a word for it', () => {
  expect(refusalOf({ ...BARE, payments: PaymentIntegration.embedded() })).toEqual([]);
  const [, problem] = refusalOf({ ...BARE, payments: 'redirect' });
  expect(problem).toContain('[PaymentIntegrationMissing]');
});
