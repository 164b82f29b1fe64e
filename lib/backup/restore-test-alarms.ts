import { Duration } from 'aws-cdk-lib';
import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { workflowFailures } from '../core/workflow-failures';
import type { RecoveryObjectives } from './recovery-objectives';
import { METRICS } from './restore-test-names';

/** What is watched, and what is declared. */
export interface WatchedTest {
  readonly test: StateMachine;
  readonly store: string;
  readonly objectives: RecoveryObjectives;
  readonly restored: keyof typeof TEXTS;
}

/** A week between two tests, and a day for one that begins late. */
const LONGEST_SILENCE = 8;

/** What is said of what was restored. */
const TEXTS = {
  database: {
    name: 'the database',
    left:
      'A cluster named awsbackup-restore-test… is there a day after its test, and costs. Delete its instances, then the ' +
      'cluster; AWS Backup does not try again.',
    dimensions: {},
  },
  objects: {
    name: 'a bucket',
    left:
      'AWS Backup could not delete a bucket named awsbackup-restore-test… after its test, and it costs. The restore job ' +
      'says why (DeletionStatusMessage). Empty and delete the bucket; the alarm ends a week after the test.',
    dimensions: { Restored: 'objects' },
  },
} as const;

/** Creates what tells `alerts` that a restore is not right, too slow, too old, not made, or not taken away. */
export function watchTests(scope: Construct, alerts: IAlertTopics | undefined, watched: WatchedTest): void {
  const { test, store, objectives, restored } = watched;
  const { name, left, dimensions } = TEXTS[restored];
  const metric = (metricName: string): Metric =>
    new Metric({
      namespace: METRICS.namespace,
      metricName,
      dimensionsMap: { Store: store, ...dimensions },
      period: Duration.hours(1),
      statistic: 'max',
    });
  addAlarm(scope, 'FailedAlarm', alerts, {
    urgency: 'notice',
    metric: workflowFailures(test, Duration.hours(1)),
    threshold: 1,
    evaluationPeriods: 1,
    description:
      `A backup of ${name} was restored and is not right, or its test did not come to an end. The report in the evidence ` +
      'bucket, under restore-tests/, names what is wrong; without one, the run of the state machine does. Until a later test is good, do not count on this backup.',
  });
  addAlarm(scope, 'SilentAlarm', alerts, {
    urgency: 'notice',
    metric: metric(METRICS.age).with({ period: Duration.days(1) }),
    threshold: LONGEST_SILENCE,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.BREACHING,
    description:
      `For eight days no restore of ${name} was found right. See in AWS Backup, under restore testing, whether the ` +
      'last job was made, and in Step Functions why its test ended. After a first deployment it is silent after a first test.',
  });
  addAlarm(scope, 'LeftoversAlarm', alerts, {
    urgency: 'notice',
    metric: metric(METRICS.leftovers),
    threshold: 1,
    evaluationPeriods: 2,
    description: left,
  });
  addAlarm(scope, 'RecoveryTimeAlarm', alerts, {
    urgency: 'notice',
    metric: metric(METRICS.recoveryTime),
    threshold: objectives.time.toSeconds() + 1,
    evaluationPeriods: 1,
    description:
      `Restoring ${name} took longer than the recovery time that is declared. Find what has grown, or declare what ` +
      'is true.',
  });
  addAlarm(scope, 'RecoveryPointAlarm', alerts, {
    urgency: 'notice',
    metric: metric(METRICS.recoveryPoint),
    threshold: objectives.point.toSeconds() + 1,
    evaluationPeriods: 1,
    description:
      'More data would have been lost than the recovery point that is declared allows. See whether the nightly backup ' +
      'was made, or declare what is true.',
  });
}
