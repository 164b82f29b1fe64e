import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { letAlarmsAndEventsUse, letTopicsUse } from '../core/key-use';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';

/** Who is told, and with which key messages are encrypted. */
export interface AlertTopicsProps {
  /**
   * E-mail addresses that receive what must be looked at now. Each receives a message from AWS and has to confirm once.
   *
   * @default - none: subscribe a pager or a chat to `urgentTopic`
   */
  readonly urgentEmails?: string[];

  /**
   * E-mail addresses that receive what must be looked at on the next working day. Each has to confirm once.
   *
   * @default - the addresses of `urgentEmails`
   */
  readonly noticeEmails?: string[];

  /**
   * Key for the messages while SNS and SQS hold them.
   *
   * @default - a `DataKey` for messaging
   */
  readonly key?: IKey;
}

/**
 * Two encrypted topics, one for what must be looked at now and one for what can wait until the next working day, to
 * which alarms and event rules of this account may publish over TLS. What cannot be delivered is kept for 14 days.
 */
export class AlertTopics extends Construct implements IAlertTopics {
  /** What must be looked at now. */
  public readonly urgentTopic: ITopic;
  /** What must be looked at on the next working day. */
  public readonly noticeTopic: ITopic;
  /** What could not be delivered to a topic or to a person. */
  public readonly undeliveredQueue: IQueue;

  public constructor(scope: Construct, id: string, props: AlertTopicsProps = {}) {
    super(scope, id);
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.MESSAGING });
    letAlarmsAndEventsUse(key);
    letTopicsUse(key);
    const { urgentEmails = [], noticeEmails = urgentEmails } = props;
    const undelivered = this.createUndeliveredQueue(key);
    this.undeliveredQueue = undelivered;
    this.urgentTopic = this.createTopic('Urgent', 'Look at it now', key, urgentEmails, undelivered);
    this.noticeTopic = this.createTopic('Notice', 'Look at it on the next working day', key, noticeEmails, undelivered);
    this.watch(undelivered);
  }

  /** One address that bounces takes an alarm away from one person; the others hear of it here. */
  private watch(undelivered: Queue): void {
    addAlarm(this, 'UndeliveredAlarm', this, {
      urgency: 'notice',
      metric: undelivered.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'max' }),
      threshold: 1,
      evaluationPeriods: 1,
      description:
        'Alerts could not be delivered and wait in a queue for 14 days. Read them there, mend the subscription that ' +
        'refused them, then purge the queue.',
    });
  }

  private createUndeliveredQueue(key: IKey): Queue {
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, {
      rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
      because: 'This is a dead-letter queue: what ends here is read by a person, not sent on.',
    });
    return queue;
  }

  private createTopic(id: string, displayName: string, key: IKey, emails: string[], deadLetterQueue: Queue): Topic {
    const topic = new Topic(this, id, { displayName, masterKey: key, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': topic.env.account } },
      }),
    );
    for (const email of emails) {
      topic.addSubscription(new EmailSubscription(email, { deadLetterQueue }));
    }
    return topic;
  }
}
