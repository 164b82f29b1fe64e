import { Stack, type IResolvable } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData, type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm, addAlertRule, type IAlertTopics } from '../core/alerts';
import type { IOffsiteVault } from './offsite-vault-ref';
import type { RetainedVault } from './retained-vault';
import { backupMetric, ofBackup, SILENT_DAYS } from './vault-alarms';

/** Whose jobs are watched. */
export interface WatchedJobs {
  readonly vault: RetainedVault;
  readonly copyTo?: IOffsiteVault;
  /** Jobs that are completed in a day when all is well. */
  readonly expected: number;
  /** Whether there are any. */
  readonly isExpecting: IResolvable;
}

/** Creates what tells `alerts` that backups or copies fail, or are not made. */
export function watchJobs(scope: Construct, alerts: IAlertTopics, watched: WatchedJobs): void {
  const { vault, copyTo } = watched;
  tellOfFailures(scope, alerts, vault);
  tellOfSilence(
    scope,
    'MissingBackups',
    alerts,
    backupMetric('NumberOfBackupJobsCompleted', vault.vaultName),
    watched,
    'For two days fewer backups were made than there are resources to back up. See in AWS Backup which one is missing ' +
      'among the jobs, and whether it still has the tags by which the plan selects.',
  );
  if (copyTo !== undefined) {
    tellOfSilence(
      scope,
      'MissingCopies',
      alerts,
      backupMetric('NumberOfCopyJobsCompleted', copyTo.vaultName),
      watched,
      'For two days fewer backups were copied off site than there are resources to back up. See in AWS Backup why copy ' +
        'jobs fail: keys, the policy of the vault and the organisation all have to let a copy through.',
    );
  }
}

function tellOfFailures(scope: Construct, alerts: IAlertTopics, { vaultName, vaultArn }: RetainedVault): void {
  const message = RuleTargetInput.fromText(
    `${EventField.fromPath('$.detail-type')} of ${EventField.fromPath('$.detail.resourceArn')}: ` +
      `${EventField.fromPath('$.detail.state')}. ${EventField.fromPath('$.detail.statusMessage')}`,
  );
  addAlertRule(scope, 'FailedBackupRule', alerts, {
    urgency: 'notice',
    description:
      'A backup failed, did not begin in time, was stopped or is incomplete. The message says of what and why; the next one is made tomorrow',
    eventPattern: ofBackup('Backup Job State Change', {
      backupVaultName: [vaultName],
      state: ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'],
    }),
    message,
  });
  addAlertRule(scope, 'FailedCopyRule', alerts, {
    urgency: 'notice',
    description:
      'A copy off site failed or is incomplete. The message says of what and why: most often a key, the policy of the vault, or the organisation does not let it through',
    eventPattern: ofBackup('Copy Job State Change', {
      sourceBackupVaultArn: [vaultArn],
      state: ['FAILED', 'PARTIAL'],
    }),
    message,
  });
}

function tellOfSilence(
  scope: Construct,
  id: string,
  alerts: IAlertTopics,
  metric: ReturnType<typeof backupMetric>,
  { expected, isExpecting }: WatchedJobs,
  description: string,
): void {
  const alarm = addAlarm(scope, `${id}Alarm`, alerts, {
    urgency: 'notice',
    metric,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
    threshold: expected,
    evaluationPeriods: SILENT_DAYS,
    description,
  });
  if (alarm !== undefined) {
    (alarm.node.defaultChild as CfnAlarm).actionsEnabled = isExpecting;
    acknowledge(alarm, {
      rules: ['CommerceBaseline-alarm-tells-somebody'],
      unless: () => Stack.of(scope).resolve(isExpecting) === true,
      because:
        'Nothing is there to be backed up, so nobody waits for a backup. With the first resource it tells somebody.',
    });
  }
}
