import { Duration, Stack, Tags, type CfnResource } from 'aws-cdk-lib';
import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import { letCopiesUse } from '../core/key-use';
import { physicalName } from '../core/physical-names';
import { DATA_CLASS_TAG } from '../core/tag-names';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { existingOffsiteVault, type ExistingOffsiteVault, type IOffsiteVault } from './offsite-vault-ref';
import { confirmationOf, generational, lockedVault, retainVault, vaultArnIn } from './retained-vault';
import { requireVault, Vault } from './vault';
import { backupMetric, SILENT_DAYS, watchVault } from './vault-alarms';
import { vaultPolicy } from './vault-policy';

/** What keeps copies off site, and from whom it takes them. */
export interface OffsiteVaultProps {
  /**
   * The account whose backups are copied here: twelve digits. It may copy into the vault, and no other account may.
   *
   * @default - the account of the vault
   */
  readonly sourceAccount?: string;

  /**
   * What kind of vault.
   *
   * @default Vault.locked()
   */
  readonly vault?: Vault;

  /**
   * Key for the copies. An air-gapped vault has one that AWS owns. Cannot be changed later without a new `generation`.
   * Whoever makes copies finds it by the tag `commerce-baseline:data-class` with the value `backups`: a key of this app gets
   * it here, an imported one has to have it.
   *
   * @default - a `DataKey` for backups
   */
  readonly key?: IKey;

  /**
   * Raised by one to make another vault beside this one, which stays with what is in it.
   *
   * @default 1
   */
  readonly generation?: number;

  /**
   * Who is told when no copy arrives, when one is incomplete, and when the vault is changed. Topics of this account and
   * Region: they go on when the source is lost.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/**
 * A vault in another Region, and best in another account, for copies of backups: encrypted with a key of its own, locked,
 * retained; it takes copies from one account and gives none away. It notices by itself when no copy arrives, also when
 * plan and alarms at home were deleted.
 *
 * Costs 1 USD a month for the key, and about 0.05 USD a month for each GB of files and objects and 0.02 for each GB of an
 * Aurora snapshot, of which every one is whole (us-east-1), and the transfer between Regions.
 */
export class OffsiteVault extends Construct implements IOffsiteVault {
  /** A vault that somebody else made, to copy into. Its policy and its key are theirs to open. */
  public static existing(vault: ExistingOffsiteVault): IOffsiteVault {
    return existingOffsiteVault(vault);
  }

  /** The vault. */
  public readonly vault: CfnResource;
  /** Its key; undefined where AWS owns it. */
  public readonly key?: IKey;
  /** Name of the vault. */
  public readonly vaultName: string;
  /** ARN of the vault. */
  public readonly vaultArn: string;
  /** Account of the vault. */
  public readonly vaultAccount: string;
  /** Region of the vault. */
  public readonly vaultRegion: string;
  /** The shortest that it keeps a copy. */
  public readonly minRetention?: Duration;
  /** The longest that it keeps a copy. */
  public readonly maxRetention?: Duration;

  /** @throws BaselineError `VaultLockBoundsInvalid`, `VaultLockGraceOutOfRange`, `VaultLockNotConfirmed` */
  public constructor(scope: Construct, id: string, props: OffsiteVaultProps = {}) {
    super(scope, id);
    const { vault = Vault.locked(), generation = 1, alerts } = props;
    const problems = new Problems(`OffsiteVault ${this.node.path}`);
    requireVault(problems, vault, confirmationOf(this));
    problems.throwIfAny();
    keeps(this, 'offsite-vault.compliance-lock', vault._lock._declined);

    const { account, region } = Stack.of(this);
    this.vaultAccount = account;
    this.vaultRegion = region;
    this.vaultName = physicalName(this, 'backupVault', generation);
    this.vaultArn = vaultArnIn(this, this.vaultName);
    this.minRetention = Duration.days(vault._lock._minDays);
    this.maxRetention = Duration.days(vault._lock._maxDays);
    const source = props.sourceAccount === account ? undefined : props.sourceAccount;
    if (vault._isAirGapped) {
      this.vault = this.createAirGappedVault(vault, generation, source);
    } else {
      const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.BACKUPS, alerts });
      // Whatever else it was tagged as: the role of a BackupSchedule knows the key by this alone.
      Tags.of(key).add(DATA_CLASS_TAG, DataClass.BACKUPS, { priority: 300 });
      letCopiesUse(key, { account, region });
      this.key = key;
      this.vault = lockedVault(this, { name: this.vaultName, key, lock: vault._lock, generation, source });
    }
    if (alerts !== undefined) {
      watchVault(this, alerts, this.vaultName);
      this.watchArrivals(alerts);
    }
  }

  private createAirGappedVault({ _lock, _approvalTeamArn }: Vault, generation: number, source?: string): CfnResource {
    const vault = new CfnLogicallyAirGappedBackupVault(this, generational('Vault', generation), {
      backupVaultName: this.vaultName,
      minRetentionDays: _lock._minDays,
      maxRetentionDays: _lock._maxDays,
      mpaApprovalTeamArn: _approvalTeamArn,
      accessPolicy: vaultPolicy(source),
    });
    retainVault(this, vault, generation);
    return vault;
  }

  private watchArrivals(alerts: IAlertTopics): void {
    addAlarm(this, 'SilentAlarm', alerts, {
      urgency: 'notice',
      metric: backupMetric('NumberOfRecoveryPointsCompleted', this.vaultName),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      threshold: 1,
      evaluationPeriods: SILENT_DAYS,
      description:
        'No copy has arrived off site for two days. See in AWS Backup, in the account of the shop, whether backups are ' +
        'made and why they are not copied; if nobody there knows, take it for an attack.',
    });
  }
}
