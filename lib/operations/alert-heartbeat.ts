import { Aws, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal, type Role } from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addAlarm, type AlarmUrgency, type IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { ServiceRole } from '../core/service-role';
import { Weekday } from '../core/weekday';

/** What is tested, and when. */
export interface AlertHeartbeatProps {
  /** The topics. */
  readonly alerts: IAlertTopics;

  /**
   * The day of the test message, in UTC.
   *
   * @default Weekday.MONDAY
   */
  readonly weekday?: Weekday;

  /**
   * The hour of the test message, in UTC, 0 to 23: one at which a pager may ring. It comes in the middle of it.
   *
   * @default 9
   */
  readonly hour?: number;
}

/** A channel, as the text of its test message names it. */
const CHANNELS = {
  urgent: 'what must be looked at now',
  notice: 'what can wait until the next working day',
} as const;

/** A test that cannot be sent for an hour is not sent, and its absence is noticed. */
const WITHIN_THE_HOUR = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 };

/** CloudWatch looks back seven days and no further. */
const DAYS_A_WEEK = 7;

/**
 * Each topic gets a test message a week, and its absence is noticed twice. By the reader: the message says on which day
 * the next one comes. By an alarm on the *other* topic: when SNS has handed no message of a topic to anybody for seven
 * days, its address was never confirmed, was unsubscribed, or the way to it (schedule, key, policy) is broken. A second
 * alarm tells of single messages that SNS could not hand over.
 *
 * **What it does not prove**: that anybody reads. SNS counts an e-mail as delivered once a mail server has taken it; a full
 * folder, a filter or a person who has left looks the same. Only the reader notices that, so let somebody expect the
 * message. When both topics fail at once no alarm can say so, and again only the reader knows.
 *
 * Before the first test message has arrived, the alarms say that none has. Costs about 0.40 USD a month.
 */
export class AlertHeartbeat extends Construct {
  /** What sends the messages: it may publish to both topics, and nothing else. */
  public readonly role: Role;
  private readonly weekday: Weekday;
  private readonly hour: number;

  /** @throws BaselineError `HeartbeatHourInvalid` */
  public constructor(scope: Construct, id: string, props: AlertHeartbeatProps) {
    super(scope, id);
    const { alerts, weekday = Weekday.MONDAY, hour = 9 } = props;
    this.weekday = weekday;
    this.hour = hour;
    this.validate();
    this.role = this.createRole(alerts);
    this.send('Urgent', alerts.urgentTopic, 'urgent');
    this.send('Notice', alerts.noticeTopic, 'notice');
    this.watch(alerts);
  }

  private validate(): void {
    const problems = new Problems(`AlertHeartbeat ${this.node.path}`);
    problems.require(Number.isInteger(this.hour) && this.hour >= 0 && this.hour <= 23, {
      code: 'HeartbeatHourInvalid',
      property: 'hour',
      value: this.hour,
      bound: 'be a whole hour from 0 to 23, in UTC',
      remedy: 'Write 1 for nine in the morning in Singapore, for example.',
    });
    problems.throwIfAny();
  }

  private createRole({ urgentTopic, noticeTopic }: IAlertTopics): Role {
    const assumedBy = new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    const description = 'Sends a test message to the topics of alarms';
    const role = new ServiceRole(this, 'Role', { assumedBy, description });
    for (const topic of [urgentTopic, noticeTopic]) {
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
      topic.masterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    }
    return role;
  }

  private send(id: string, topic: ITopic, channel: AlarmUrgency): void {
    const { weekday, hour } = this;
    const timeZone = TimeZone.ETC_UTC;
    const input = ScheduleTargetInput.fromText(this.text(channel));
    // CDK's own target would let the role use every variant of the key's operations.
    const target = { bind: () => ({ arn: topic.topicArn, role: this.role, input, retryPolicy: WITHIN_THE_HOUR }) };
    new Schedule(this, id, {
      description: `Weekly test of the alarms: ${CHANNELS[channel]}`,
      // CloudWatch counts in whole hours: in the middle of one, a message that is late by seconds stays in it.
      schedule: ScheduleExpression.cron({ weekDay: weekday, hour: String(hour), minute: '30', timeZone }),
      target,
    });
  }

  private text(channel: AlarmUrgency): string {
    const { id, environment } = identityOf(this) ?? { id: Stack.of(this).stackName, environment: undefined };
    const whose = environment === undefined ? id : `${id} (${environment})`;
    const time = `${String(this.hour).padStart(2, '0')}:30 UTC`;
    return (
      `Weekly test of the alarms of ${whose} in ${Aws.REGION}: ${CHANNELS[channel]}. Nothing is wrong. ` +
      `This one was due at ${ContextAttribute.scheduledTime}; the next one comes on ${dayOf(this.weekday)} at ${time}. ` +
      'If it does not come, no alarm reaches you either: look in SNS at the subscriptions of this topic.'
    );
  }

  private watch(alerts: IAlertTopics): void {
    this.watchTopic('Urgent', alerts.urgentTopic, alerts, 'notice');
    this.watchTopic('Notice', alerts.noticeTopic, alerts, 'urgent');
  }

  private watchTopic(id: string, topic: ITopic, alerts: IAlertTopics, other: AlarmUrgency): void {
    addAlarm(this, `${id}SilentAlarm`, alerts, {
      urgency: other,
      metric: topic.metricNumberOfNotificationsDelivered({ statistic: 'sum', period: Duration.days(1) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      threshold: 1,
      evaluationPeriods: DAYS_A_WEEK,
      description:
        `The ${id} topic has reached nobody for a week, not even with its weekly test, so its alarms reach nobody ` +
        'either. Look in SNS whether its subscriptions are confirmed, and in EventBridge Scheduler whether the test is sent.',
    });
    addAlarm(this, `${id}FailedAlarm`, alerts, {
      urgency: 'notice',
      metric: topic.metricNumberOfNotificationsFailed({ statistic: 'sum', period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      description:
        `SNS could not hand a message of the ${id} topic to one of its subscribers. Look in SNS at its subscriptions ` +
        'and mend the one that refuses; the message lies in the queue of undelivered alerts.',
    });
  }
}

function dayOf(weekday: Weekday): string {
  const [name = ''] = Object.entries(Weekday).find(([, value]) => value === weekday) ?? [];
  return name.charAt(0) + name.slice(1).toLowerCase();
}
