import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { addAlarm, type IAlertTopics } from './alerts';

/** Where starts end that failed again and again. */
export interface NotStartedQueueOptions {
  readonly key: IKey;
  /** @default - nobody is told */
  readonly alerts?: IAlertTopics;
  /** What did not start, and what to do. */
  readonly description: string;
}

/** A dead-letter queue for what could not be started: encrypted, kept for 14 days, with an alarm at the first message. */
export function createNotStartedQueue(scope: Construct, options: NotStartedQueueOptions): Queue {
  const { key: encryptionMasterKey, alerts, description } = options;
  const queue = new Queue(scope, 'NotStarted', {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    because: 'This is a dead-letter queue: what ends here is read by a person, not sent on.',
  });
  addAlarm(scope, 'NotStartedAlarm', alerts, {
    urgency: 'notice',
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'max' }),
    threshold: 1,
    evaluationPeriods: 1,
    description,
  });
  return queue;
}
