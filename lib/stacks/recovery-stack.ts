import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BackupAudit } from '../backup/backup-audit';
import type { BackupChoices } from '../backup/backup-choices';
import { BackupSchedule } from '../backup/backup-schedule';
import type { IOffsiteVault } from '../backup/offsite-vault-ref';
import { ObjectRestoreTest } from '../backup/object-restore-test';
import { RestoreTest } from '../backup/restore-test';
import { RetainedVault } from '../backup/retained-vault';
import { DEFAULT_HOUR, lockAround } from '../backup/schedule-check';
import type { Restored } from '../core/restored';
import type { CustomerDatabase } from '../data/customer-database';
import type { ObjectStore } from '../data/object-store';
import { DatabaseHold } from '../patching/database-hold';
import type { PatchingChoices } from '../patching/patching-choices';
import { VulnerabilityScanning } from '../patching/vulnerability-scanning';
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
   * The database: it keeps its version in a freeze, and its backups are restored for a test.
   *
   * @default - the shop has none
   */
  readonly database?: CustomerDatabase;

  /**
   * Product pictures, whose backups are restored for a test.
   *
   * @default - the shop keeps none in a bucket
   */
  readonly media?: ObjectStore;

  /**
   * What the tables of the shop have to hold in a restored copy.
   *
   * @default - what `backup.restored` says
   */
  readonly restored?: Restored[];

  /**
   * How the store is backed up.
   *
   * @default - as `BackupSchedule` by itself
   */
  readonly backup?: BackupChoices;

  /**
   * Who scans for known vulnerabilities, and how old they may become.
   *
   * @default - Inspector, 7 days for critical ones and 30 for high ones
   */
  readonly patching?: PatchingChoices;
}

/**
 * What brings a store back, and what keeps it from having to be: its backups at home, the plan by which they are made and
 * copied off site, and the search for known vulnerabilities.
 */
export class RecoveryStack extends StoreStack {
  /** Backups at home. */
  public readonly vault: RetainedVault;
  /** The plan, what it selects, and what AWS Backup works as. */
  public readonly schedule: BackupSchedule;
  /** Daily reports, where they were chosen. */
  public readonly audit?: BackupAudit;
  /** What restores a backup of the database every week. */
  public readonly restoreTest?: RestoreTest;
  /** What restores a backup of the pictures every week. */
  public readonly objectRestoreTest?: ObjectRestoreTest;
  /** What scans, and says how old the findings are. */
  public readonly vulnerabilities: VulnerabilityScanning;

  public constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props, { role: 'recovery', description: 'Backups and their plan', stateful: true });
    const { foundation, offsite: copyTo, backup = {}, patching = {} } = props;
    const { alerts, keys, logs, patchCalendar } = foundation;
    this.vault = new RetainedVault(this, 'Vault', {
      key: keys.backups,
      lock: lockAround(backup.retention),
      alerts,
    });
    this.schedule = new BackupSchedule(this, 'Backups', {
      vault: this.vault,
      copyTo,
      withoutOffsiteCopy: backup.withoutOffsiteCopy,
      withoutRestoreTest: backup.withoutRestoreTest,
      retention: backup.retention,
      hour: backup.hour ?? patchCalendar._clearHour(DEFAULT_HOUR),
      alerts,
    });
    this.audit =
      backup.audit === true
        ? new BackupAudit(this, 'Audit', { reports: logs, copyTo, retention: backup.retention })
        : undefined;
    this.vulnerabilities = new VulnerabilityScanning(this, 'Vulnerabilities', {
      evidence: logs,
      inspector: patching.inspector,
      limits: patching.limits,
      sources: patching.sources,
      key: keys.logs,
      alerts,
    });
    if (this.vulnerabilities.findings !== undefined && patching.sources !== undefined) {
      new CfnOutput(this, 'SourcesAddress', {
        value: this.vulnerabilities.findings.sourcesAddress,
        description: 'Where sources of vulnerabilities put what they know',
      });
    }
    if (props.database !== undefined) {
      const { clusterIdentifier } = props.database;
      new DatabaseHold(this, 'DatabaseHold', { calendar: patchCalendar, clusterIdentifier, key: keys.logs, alerts });
      this.restoreTest = backup.withoutRestoreTest ? undefined : this.createRestoreTest(props, props.database);
    }
    const isTested = backup.withoutRestoreTest === undefined && backup.withoutMedia === undefined;
    this.objectRestoreTest =
      props.media !== undefined && isTested ? this.createObjectRestoreTest(props, props.media) : undefined;
    new CfnOutput(this, 'VaultName', { value: this.vault.vaultName, description: 'The vault at home' });
    new CfnOutput(this, 'VaultArn', { value: this.vault.vaultArn, description: 'The vault at home, for restores' });
    new CfnOutput(this, 'RoleArn', {
      value: this.schedule.role.roleArn,
      description: 'For backups that somebody starts',
    });
  }

  private createRestoreTest(
    { foundation, backup, restored }: RecoveryStackProps,
    database: CustomerDatabase,
  ): RestoreTest {
    const { alerts, keys, logs } = foundation;
    return new RestoreTest(this, 'RestoreTest', {
      database,
      vault: this.vault,
      evidence: logs,
      expected: backup?.restored ?? restored,
      objectives: backup?.objectives,
      key: keys.logs,
      alerts,
    });
  }

  private createObjectRestoreTest({ foundation, backup }: RecoveryStackProps, media: ObjectStore): ObjectRestoreTest {
    const { alerts, keys, logs } = foundation;
    return new ObjectRestoreTest(this, 'ObjectRestoreTest', {
      stores: [media],
      vault: this.vault,
      evidence: logs,
      objectives: backup?.objectives,
      key: keys.logs,
      alerts,
    });
  }
}
