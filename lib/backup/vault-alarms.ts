import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, RuleTargetInput, type EventPattern } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { addAlertRule, type IAlertTopics } from '../core/alerts';

/** What comes late by some hours is not missing; what has not come on two days is. */
export const SILENT_DAYS = 2;

/** Creates what tells `alerts` that something is wrong with the vault `vaultName` or with a copy in it. */
export function watchVault(scope: Construct, alerts: IAlertTopics, vaultName: string): void {
  addAlertRule(scope, 'ChangedRule', alerts, {
    urgency: 'notice',
    description:
      'A vault of backups was changed or deleted: its lock, its policy or the vault itself. Unless you did that, find out in CloudTrail who did',
    eventPattern: ofBackup('Backup Vault State Change', {
      backupVaultName: [vaultName],
      state: ['MODIFIED', 'DELETED'],
    }),
    message: RuleTargetInput.fromText(
      `The vault ${EventField.fromPath('$.detail.backupVaultName')} is ${EventField.fromPath('$.detail.state')}; ` +
        `locked: ${EventField.fromPath('$.detail.isLocked')}.`,
    ),
  });
  addAlertRule(scope, 'SpoiltRule', alerts, {
    urgency: 'notice',
    description:
      'A copy in a vault is incomplete, or is past its time and could not be deleted. The message says which; delete one that is past its time by hand',
    eventPattern: ofBackup('Recovery Point State Change', {
      backupVaultName: [vaultName],
      status: ['PARTIAL', 'EXPIRED'],
    }),
    message: RuleTargetInput.fromText(
      `The copy ${EventField.fromPath('$.resources[0]')} of ${EventField.fromPath('$.detail.resourceArn')} is ` +
        `${EventField.fromPath('$.detail.status')}.`,
    ),
  });
}

/** Events of AWS Backup: https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export function ofBackup(detailType: string, detail: Record<string, string[]>): EventPattern {
  return { source: ['aws.backup'], detailType: [detailType], detail };
}

/**
 * A count of AWS Backup in a day. Its metrics exist only while there is something to count, and the vault of a copy job is
 * the one that it copies to: https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html
 */
export function backupMetric(metricName: string, vaultName: string): Metric {
  return new Metric({
    namespace: 'AWS/Backup',
    metricName,
    dimensionsMap: { BackupVaultName: vaultName },
    statistic: 'sum',
    period: Duration.days(1),
  });
}
