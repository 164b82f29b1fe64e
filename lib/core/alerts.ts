import { Aws, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, type EventPattern, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Where alarms go: somebody is woken, or somebody reads it in the morning. */
export interface IAlertTopics {
  /** What must be looked at now: the shop is down, data is at risk, a key is tampered with. */
  readonly urgentTopic: ITopic;

  /** What must be looked at on the next working day. */
  readonly noticeTopic: ITopic;

  /** Where a message goes that could not be delivered to a topic or to a person. */
  readonly undeliveredQueue: IQueue;
}

/** How fast somebody has to look. */
export type AlarmUrgency = 'urgent' | 'notice';

/** An alarm: what is watched, when it is too much, and what whoever receives it should do. */
export interface AlarmDefinition {
  readonly urgency: AlarmUrgency;
  readonly metric: IMetric;
  readonly threshold: number;
  /** What happened and what to do, in one or two sentences: the text of the message somebody receives. */
  readonly description: string;
  /** Periods of the metric that must be over the threshold before the alarm goes off. */
  readonly evaluationPeriods: number;
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparisonOperator?: ComparisonOperator;
  /** @default NOT_BREACHING: most metrics here exist only while there is something to count */
  readonly treatMissingData?: TreatMissingData;
}

/**
 * Creates an alarm that tells `alerts`. Without `alerts` there is none: an alarm nobody receives is worse than no
 * alarm, because it looks like one.
 */
export function addAlarm(
  scope: Construct,
  id: string,
  alerts: IAlertTopics | undefined,
  definition: AlarmDefinition,
): Alarm | undefined {
  return alerts === undefined ? undefined : addMachineReadAlarm(scope, id, alerts, definition);
}

/**
 * Creates an alarm that something besides `alerts` reads, such as a deployment that rolls back on it: the one kind that
 * is made without `alerts` too.
 */
export function addMachineReadAlarm(
  scope: Construct,
  id: string,
  alerts: IAlertTopics | undefined,
  { urgency, description, ...definition }: AlarmDefinition,
): Alarm {
  const alarm = new Alarm(scope, id, {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...definition,
    alarmDescription: `[${urgency}] ${description}`,
  });
  if (alerts !== undefined) {
    alarm.addAlarmAction(new SnsAction(topicFor(alerts, urgency)));
  }
  return alarm;
}

/** Events that somebody has to hear of, and the sentence they receive. */
export interface AlertRuleDefinition {
  readonly urgency: AlarmUrgency;
  readonly eventPattern: EventPattern;
  /** What the rule watches for, for whoever finds it in the console. */
  readonly description: string;
  readonly message: RuleTargetInput;
}

/**
 * Creates an event rule that tells `alerts`.
 *
 * CDK's own target names the rule in the policies of topic and queue. They usually stand in an earlier stack, which would
 * then refer to a later one: so these name every rule of the account.
 */
export function addAlertRule(
  scope: Construct,
  id: string,
  alerts: IAlertTopics,
  { urgency, eventPattern, description, message }: AlertRuleDefinition,
): Rule {
  const topic = topicFor(alerts, urgency);
  topic.grantPublish(new ServicePrincipal('events.amazonaws.com'));
  letRulesSend(alerts.undeliveredQueue);
  const deadLetterConfig = { arn: alerts.undeliveredQueue.queueArn };
  const target = { bind: () => ({ arn: topic.topicArn, input: message, deadLetterConfig }) };
  return new Rule(scope, id, { eventPattern, description, targets: [target] });
}

function letRulesSend(queue: IQueue): void {
  const { account } = Stack.of(queue);
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:events:*:${account}:rule/*` } },
    }),
  );
}

function topicFor(alerts: IAlertTopics, urgency: AlarmUrgency): ITopic {
  return urgency === 'urgent' ? alerts.urgentTopic : alerts.noticeTopic;
}
