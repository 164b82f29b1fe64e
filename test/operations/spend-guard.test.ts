import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AlertTopics, MonthlyCost, SpendAnomalies, SpendGuard, SpendScope, type SpendChoices } from '../../lib';
import { appOf, storeOf } from '../support/stores';
import { refusal } from '../support/refusal';
import { foreignStack, templateOf } from '../support/stack';

function guarded(choices: SpendChoices = {}): Template {
  return templateOf(
    (stack) => void new SpendGuard(stack, 'Spend', { ...choices, alerts: new AlertTopics(stack, 'Alerts') }),
  );
}

const NOTICE = { Ref: Match.stringLikeRegexp('^AlertsNotice') };

test('tells of 80 and 100 per cent of a month, and of a forecast of 100', () => {
  const message = (NotificationType: string, Threshold: number): object => ({
    Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
    Subscribers: [{ SubscriptionType: 'SNS', Address: NOTICE }],
  });
  guarded({ monthlyBudget: 600 }).hasResourceProperties('AWS::Budgets::Budget', {
    Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 600, Unit: 'USD' } },
    NotificationsWithSubscribers: [message('ACTUAL', 80), message('ACTUAL', 100), message('FORECASTED', 100)],
  });
});

test('counts the whole account unless told otherwise, and what credits pay for too', () => {
  guarded().hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      CostTypes: { IncludeCredit: false, IncludeRefund: false },
      CostFilters: Match.absent(),
      FilterExpression: Match.absent(),
    },
  });
});

test('counts what carries all of the given tags', () => {
  const equals = (Key: string, value: string): object => ({ Tags: { Key, Values: [value], MatchOptions: ['EQUALS'] } });
  guarded({ scope: SpendScope.tagged({ project: 'shop', stage: 'live' }) }).hasResourceProperties(
    'AWS::Budgets::Budget',
    {
      Budget: {
        FilterExpression: {
          And: [
            equals('project', 'shop'),
            equals('stage', 'live'),
            { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
          ],
        },
        Metrics: ['UnblendedCost'],
        CostTypes: Match.absent(),
      },
    },
  );
});

test('lets budgets and anomaly detection of this account publish to the topic, and use its key', () => {
  const template = guarded();
  const source = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    Topics: [NOTICE],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'sns:Publish',
          Effect: 'Allow',
          Principal: { Service: 'budgets.amazonaws.com' },
          Condition: { StringEquals: source, ArnLike: Match.anyValue() },
        }),
        Match.objectLike({
          Action: 'sns:Publish',
          Effect: 'Allow',
          Principal: { Service: 'costalerts.amazonaws.com' },
          Condition: { StringEquals: source },
        }),
      ]),
    },
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith(
        ['budgets.amazonaws.com', 'costalerts.amazonaws.com'].map((Service) => ({
          Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          Effect: 'Allow',
          Principal: { Service },
          Resource: '*',
        })),
      ),
    },
  });
});

test('is made after the policy that lets it publish: Budgets checks', () => {
  guarded().hasResource('AWS::Budgets::Budget', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^AlertsNoticePolicy')]),
  });
});

test('works with topics that nobody encrypts', () => {
  const template = templateOf((stack) => {
    const topic = new Topic(stack, 'Topic');
    const alerts = { urgentTopic: topic, noticeTopic: topic, undeliveredQueue: new Queue(stack, 'Undelivered') };
    new SpendGuard(stack, 'Spend', { alerts });
  });
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.resourceCountIs('AWS::Budgets::Budget', 1);
});

describe('without a budget', () => {
  test('expects twice what the app costs at rest, in tens', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Topics');
    new SpendGuard(stack, 'Spend', { alerts: new AlertTopics(stack, 'Alerts') });
    const other = new Stack(app, 'Keys');
    Array.from({ length: 9 }, (_, index) => new Key(other, `Key${index}`));
    const { usd } = MonthlyCost.of(app);
    expect(usd).toBeGreaterThan(10);
    expect(usd).toBeLessThan(15);
    const expected = { Budget: { BudgetLimit: { Amount: 30 } } };
    expect(() => Template.fromStack(stack).hasResourceProperties('AWS::Budgets::Budget', expected)).not.toThrow();
  });

  test('expects what the stacks of its own store cost, not those of another', () => {
    const alone = appOf({ one: storeOf({ id: 'one' }) });
    const beside = appOf({ one: storeOf({ id: 'one' }), two: storeOf({ id: 'two', tier: 'regulated' }) });
    const budgets = [alone, beside].map((app) => {
      const edge = app.node.findChild('one-production').node.findChild('EdgeGlobal') as Stack;
      return Object.values(Template.fromStack(edge).findResources('AWS::Budgets::Budget'));
    });
    expect(budgets[0]).toHaveLength(1);
    expect(budgets[1]).toEqual(budgets[0]);
  });
});

describe('sudden rises', () => {
  test('are told one by one, to the same topic, from a tenth of the budget', () => {
    const template = guarded({
      monthlyBudget: 600,
      anomalies: SpendAnomalies.ofMonitor('arn:aws:ce::1:anomalymonitor/a'),
    });
    const dimension = 'ANOMALY_TOTAL_IMPACT_ABSOLUTE';
    template.hasResourceProperties('AWS::CE::AnomalySubscription', {
      Frequency: 'IMMEDIATE',
      MonitorArnList: ['arn:aws:ce::1:anomalymonitor/a'],
      Subscribers: [{ Type: 'SNS', Address: NOTICE }],
      ThresholdExpression: `{"Dimensions":{"Key":"${dimension}","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["60"]}}`,
    });
  });

  test('are told from 20 USD when the budget is small or computed so', () => {
    guarded({ anomalies: SpendAnomalies.ofServices() }).hasResourceProperties('AWS::CE::AnomalySubscription', {
      ThresholdExpression: Match.stringLikeRegexp('"Values":\\["20"\\]'),
    });
  });

  test('are looked for only where somebody says so', () => {
    const template = guarded();
    template.resourceCountIs('AWS::CE::AnomalyMonitor', 0);
    template.resourceCountIs('AWS::CE::AnomalySubscription', 0);
  });
});

test.each([0, -1, NaN, Infinity])('refuses a budget of %p', (monthlyBudget) => {
  expect(() => guarded({ monthlyBudget })).toThrow(refusal(['MonthlyBudgetInvalid'], 'be a number of USD above 0'));
});

test('counts by the tags of its store', () => {
  const app = appOf({ acme: storeOf({ spend: { scope: SpendScope.store() } }) });
  const edge = app.node.findChild('acme-production').node.findChild('EdgeGlobal') as Stack;
  expect(() =>
    Template.fromStack(edge).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: {
        FilterExpression: {
          And: Match.arrayWith([
            { Tags: { Key: 'commerce-baseline:store', Values: ['acme'], MatchOptions: ['EQUALS'] } },
            { Tags: { Key: 'commerce-baseline:environment', Values: ['production'], MatchOptions: ['EQUALS'] } },
          ]),
        },
      },
    }),
  ).not.toThrow();
});

test('refuses to count by the tags of a store outside one, and by no tag', () => {
  const outside = refusal(['SpendStoreUnknown'], 'be given inside a stack of a CommerceStore');
  expect(() => guarded({ scope: SpendScope.store() })).toThrow(outside);
  const without = refusal(['SpendTagsMissing'], 'name at least one tag');
  expect(() => guarded({ scope: SpendScope.tagged({}) })).toThrow(without);
});

test('two guards of one stack share no name', () => {
  const stack = foreignStack();
  const alerts = new AlertTopics(stack, 'Alerts');
  ['One', 'Two'].forEach((id) => new SpendGuard(stack, id, { alerts, anomalies: SpendAnomalies.ofTag('shop', id) }));
  const monitors = Object.values(Template.fromStack(stack).findResources('AWS::CE::AnomalyMonitor')) as {
    Properties: { MonitorName: string };
  }[];
  expect(new Set(monitors.map(({ Properties }) => Properties.MonitorName)).size).toBe(2);
});
