import { Aws, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { letSpendAlertsUse } from '../core/key-use';
import { physicalName } from '../core/physical-names';
import { MonthlyCost } from './monthly-cost';
import type { SpendAnomalies } from './spend-anomalies';
import { SpendScope } from './spend-scope';

/** What is too much. */
export interface SpendChoices {
  /**
   * USD a month that the account, or what `scope` counts, is expected to cost.
   *
   * @default - twice what the stacks of the store, or outside a store the app, cost at rest (`MonthlyCost`), rounded up to
   * 10: the rest is for traffic and storage, and for Regions that cost more than us-east-1
   */
  readonly monthlyBudget?: number;

  /**
   * Which part of the bill is counted.
   *
   * @default SpendScope.account()
   */
  readonly scope?: SpendScope;

  /**
   * Where AWS looks for sudden rises.
   *
   * @default - nowhere: no monitor can be made that every account accepts. Choose one after the first deployment.
   */
  readonly anomalies?: SpendAnomalies;
}

/** What is too much, and who is told. */
export interface SpendGuardProps extends SpendChoices {
  /** Who is told, on the next working day. */
  readonly alerts: IAlertTopics;
}

/** How much more than at rest a store may cost before anybody asks why. */
const MARGIN = 2;

/** Share of the budget from which a sudden rise is worth a message, and the least that is, in USD. */
const NOTEWORTHY = { share: 0.1, usd: 20 };

/** When a message is sent, in per cent of the budget. */
const MESSAGES = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
];

/**
 * Somebody is told when a month costs 80 and 100 per cent of what it should, when AWS forecasts that it will, and, with
 * `anomalies`, when something suddenly costs more than it did. Credits hide nothing: what is used up counts.
 *
 * A message, never a brake: AWS goes on charging. Bills are up to a day old when they are read, and a forecast needs five
 * weeks of history. Budgets and monitors are global; put them where the topics are. Costs nothing.
 */
export class SpendGuard extends Construct {
  /** The budget. */
  public readonly budget: CfnBudget;
  /** USD a month from which on the budget is exceeded; known at synthesis when it is computed. */
  public readonly monthlyBudget: number;
  /** What sends rises that are worth a message. */
  public readonly anomalies?: CfnAnomalySubscription;

  /** @throws BaselineError `MonthlyBudgetInvalid`, `SpendStoreUnknown`, `SpendTagsMissing` */
  public constructor(scope: Construct, id: string, props: SpendGuardProps) {
    super(scope, id);
    const problems = new Problems(`SpendGuard ${this.node.path}`);
    requireSpendChoices(problems, props);
    problems.throwIfAny();
    const topic = props.alerts.noticeTopic;
    this.letPublish(topic);
    this.monthlyBudget = props.monthlyBudget ?? Lazy.number({ produce: () => this.computeBudget() });
    this.budget = this.createBudget(props.scope ?? SpendScope.account(), topic);
    this.anomalies = props.anomalies && this.createSubscription(props.anomalies, props.monthlyBudget, topic);
  }

  /** Budgets checks when it is made that it may publish; the key has to let it too. */
  private letPublish(topic: ITopic): void {
    const { account } = Stack.of(this);
    const publish = (service: string, conditions: Record<string, Record<string, string>>): PolicyStatement =>
      new PolicyStatement({
        principals: [new ServicePrincipal(service)],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ...conditions, StringEquals: { 'aws:SourceAccount': account } },
      });
    const ofBudgets = { ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:budgets::${account}:*` } };
    topic.addToResourcePolicy(publish('budgets.amazonaws.com', ofBudgets));
    topic.addToResourcePolicy(publish('costalerts.amazonaws.com', {}));
    if (topic.masterKey !== undefined) {
      letSpendAlertsUse(topic.masterKey);
    }
  }

  private computeBudget(): number {
    const { usd } = MonthlyCost.of(...stacksOf(this));
    return Math.max(10, Math.ceil((MARGIN * usd) / 10) * 10);
  }

  private createBudget(scope: SpendScope, topic: ITopic): CfnBudget {
    const filterExpression = scope._filter(this);
    const counted = filterExpression
      ? { filterExpression, metrics: ['UnblendedCost'] }
      : { costTypes: { includeCredit: false, includeRefund: false } };
    const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
    const budget = new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: this.monthlyBudget, unit: 'USD' },
        ...counted,
      },
      notificationsWithSubscribers: MESSAGES.map((message) => ({
        notification: { ...message, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
        subscribers,
      })),
    });
    budget.node.addDependency(topic);
    return budget;
  }

  private createSubscription(
    anomalies: SpendAnomalies,
    monthlyBudget: number | undefined,
    topic: ITopic,
  ): CfnAnomalySubscription {
    const subscription = new CfnAnomalySubscription(this, 'Anomalies', {
      subscriptionName: physicalName(this, 'anomalySubscription'),
      monitorArnList: [anomalies._monitorArn(this)],
      // The only frequency that AWS sends to a topic.
      frequency: 'IMMEDIATE',
      subscribers: [{ type: 'SNS', address: topic.topicArn }],
      thresholdExpression: Lazy.string({ produce: () => threshold(monthlyBudget ?? this.computeBudget()) }),
    });
    subscription.node.addDependency(topic);
    return subscription;
  }
}

/** Refuses what no budget could be. */
export function requireSpendChoices(problems: Problems, { monthlyBudget = 1 }: SpendChoices): void {
  problems.require(Number.isFinite(monthlyBudget) && monthlyBudget > 0, {
    code: 'MonthlyBudgetInvalid',
    property: 'monthlyBudget',
    value: monthlyBudget,
    bound: 'be a number of USD above 0',
    remedy: 'Write 600, for example, or leave it out: it is then computed.',
  });
}

/** All stacks of the store that `construct` belongs to; outside a store, everything in the app. */
function stacksOf(construct: IConstruct): IConstruct[] {
  const identity = identityOf(construct);
  const app = Stage.of(construct) ?? construct.node.root;
  const inApp = app.node.findAll().filter((child) => Stack.isStack(child));
  const ofStore = inApp.filter((stack) => {
    const other = identityOf(stack);
    return other !== undefined && other.id === identity?.id && other.environment === identity.environment;
  });
  return ofStore.length > 0 ? ofStore : [app];
}

function threshold(monthlyBudget: number): string {
  const usd = Math.max(NOTEWORTHY.usd, Math.round(NOTEWORTHY.share * monthlyBudget));
  return JSON.stringify({
    Dimensions: {
      Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
      MatchOptions: ['GREATER_THAN_OR_EQUAL'],
      Values: [String(usd)],
    },
  });
}
