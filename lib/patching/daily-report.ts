import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import type { HandlerFunction } from '../core/handler-function';
import { letAlarmsAndEventsUse } from '../core/key-use';
import type { ServiceRole } from '../core/service-role';

/** Where the metrics of reports are. */
export const NAMESPACE = 'CommerceBaseline/Patching';

/** What a report needs for its metrics, which have no ARN. */
export const MEASURING = 'cloudwatch:PutMetricData';

/** What is reported once a day, and by whom. */
export interface DailyReport {
  readonly handler: HandlerFunction;
  readonly description: string;
  /** Minutes after five in the morning, UTC. */
  readonly minute: string;
  /** Key of the dead letters. */
  readonly key: IKey;
}

/** What is counted, and what it means. */
export interface CountedReport {
  /** The metric, and whose it is. */
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** What it means that something is over its limit, and that nobody reports. */
  readonly over: string;
  readonly silent: string;
}

/** Has a report made each day. */
export function reportDaily(scope: Construct, { handler, description, minute, key }: DailyReport): void {
  letAlarmsAndEventsUse(key);
  new Rule(scope, 'Daily', {
    description,
    schedule: Schedule.cron({ hour: '5', minute }),
    targets: [new LambdaFunction(handler.function, { deadLetterQueue: handler.deadLetters })],
  });
}

/** Lets who reports write its metrics, and tell those who are to know. */
export function letReport(role: ServiceRole, alerts: IAlertTopics | undefined): void {
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
    void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
  // A metric has no ARN; the namespace is the bound.
  allow([MEASURING], ['*'], { StringEquals: { 'cloudwatch:namespace': NAMESPACE } });
  if (alerts !== undefined) {
    allow(['sns:Publish'], [alerts.noticeTopic.topicArn]);
    alerts.noticeTopic.masterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  }
}

/** Tells `alerts` of what is over its limit, and of days without a report. */
export function watchReport(scope: Construct, alerts: IAlertTopics, report: CountedReport): void {
  const { metricName, dimensions: dimensionsMap, over, silent } = report;
  const metric = new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap,
    period: Duration.days(1),
    statistic: 'max',
  });
  addAlarm(scope, 'OverLimitAlarm', alerts, {
    urgency: 'notice',
    metric,
    threshold: 1,
    evaluationPeriods: 1,
    description: over,
  });
  addAlarm(scope, 'SilentAlarm', alerts, {
    urgency: 'notice',
    metric: metric.with({ statistic: 'n' }),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
    threshold: 1,
    evaluationPeriods: 2,
    description: silent,
  });
}
