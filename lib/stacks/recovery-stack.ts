import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BackupAudit } from '../backup/backup-audit';
import type { BackupChoices } from '../backup/backup-choices';
import { BackupSchedule } from '../backup/backup-schedule';
import type { IOffsiteVault } from '../backup/offsite-vault-ref';
import { RetainedVault } from '../backup/retained-vault';
import { lockAround } from '../backup/schedule-check';
import type { FoundationStack } from './foundation-stack';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What is backed up, and where copies go. */
export interface RecoveryStackProps extends StoreStackProps {
  /** Keys, logs and alerts. */
  readonly foundation: FoundationStack;

  /**
   * The vault off site.
   *
   * @default - none, which `backup.withoutOffsiteCopy` has to explain
   */
  readonly offsite?: IOffsiteVault;

  /**
   * How the store is backed up.
   *
   * @default - as `BackupSchedule` by itself
   */
  readonly backup?: BackupChoices;
}

/** What brings a store back: its backups at home, and the plan by which they are made and copied off site. */
export class RecoveryStack extends StoreStack {
  /** Backups at home. */
  public readonly vault: RetainedVault;
  /** The plan, what it selects, and what AWS Backup works as. */
  public readonly schedule: BackupSchedule;
  /** Daily reports, where they were chosen. */
  public readonly audit?: BackupAudit;

  public constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props, { role: 'recovery', description: 'Backups and their plan', stateful: true });
    const { foundation, offsite: copyTo, backup = {} } = props;
    const { alerts, keys, logs } = foundation;
    this.vault = new RetainedVault(this, 'Vault', {
      key: keys.backups,
      lock: lockAround(backup.retention),
      alerts,
    });
    this.schedule = new BackupSchedule(this, 'Backups', {
      vault: this.vault,
      copyTo,
      withoutOffsiteCopy: backup.withoutOffsiteCopy,
      retention: backup.retention,
      hour: backup.hour,
      alerts,
    });
    this.audit = backup.audit === true ? new BackupAudit(this, 'Audit', { reports: logs, copyTo }) : undefined;
    new CfnOutput(this, 'VaultName', { value: this.vault.vaultName, description: 'The vault at home' });
    new CfnOutput(this, 'VaultArn', { value: this.vault.vaultArn, description: 'The vault at home, for restores' });
    new CfnOutput(this, 'RoleArn', {
      value: this.schedule.role.roleArn,
      description: 'For backups that somebody starts',
    });
  }
}
