import { Duration, Stack } from 'aws-cdk-lib';
import type { CfnRestoreTestingPlan } from 'aws-cdk-lib/aws-backup';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { HandlerFunction } from '../core/handler-function';
import { letAlarmsAndEventsUse } from '../core/key-use';
import { ServiceRole } from '../core/service-role';
import { METRICS } from './restore-test-names';
import { letWatch } from './restore-test-rights';
import { restoreWatchDefinition } from './restore-watch-definition';
import { RestoreWorkflow } from './restore-workflow';
import { ofBackup } from './vault-alarms';

/** Whose restores are tested, by what, and who judges. */
export interface BegunTests {
  readonly plan: CfnRestoreTestingPlan;
  readonly test: RestoreWorkflow;
  readonly judge: HandlerFunction;
  /** Whether clusters are restored, and so may be left over. */
  readonly hasClusters: boolean;
  /** Key for the log of what looks. */
  readonly key: IKey;
}

/** Begins a test for each restore of a plan: an event of AWS Backup does, and so does every hour, for events may get lost. */
export function beginTests(scope: Construct, { plan, test, judge, hasClusters, key }: BegunTests): void {
  const watch = new RestoreWorkflow(scope, 'Watch', {
    description: 'Finds restores that are to be tested, and what tests left over',
    logsKey: key,
    definition: restoreWatchDefinition({
      plan: plan.attrRestoreTestingPlanArn,
      judge: judge.function.functionArn,
      test: test.stateMachine.stateMachineArn,
      namespace: METRICS.namespace,
      hasClusters,
    }),
  });
  letWatch(watch, { judge: judge.function, test, hasClusters });
  letAlarmsAndEventsUse(key);
  const role = new ServiceRole(scope, 'EventRole', {
    assumedBy: new ServicePrincipal('events.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    description: 'Looks for restores that are to be tested',
  });
  const target = new SfnStateMachine(watch.stateMachine, { role, deadLetterQueue: judge.deadLetters });
  new Rule(scope, 'Restored', {
    description: 'A restore test of AWS Backup has ended',
    eventPattern: ofBackup('Restore Job State Change', {
      restoreTestingPlanArn: [plan.attrRestoreTestingPlanArn],
      status: ['COMPLETED', 'FAILED', 'ABORTED'],
    }),
    targets: [target],
  });
  new Rule(scope, 'Hourly', {
    description: 'Looks for restores of which no event came',
    schedule: Schedule.rate(Duration.hours(1)),
    targets: [target],
  });
}
