import type { Problems } from '../core/errors';
import type { Restored } from '../core/restored';
import type { Waiver } from '../core/waiver';
import type { RecoveryObjectives } from './recovery-objectives';
import type { RetentionPlan } from './retention-plan';
import { boundsOf, DEFAULT_RETENTION, requireRetention, requireRhythm } from './schedule-check';
import { requireVault, Vault } from './vault';

/** How a store is backed up. */
export interface BackupChoices {
  /**
   * How often, and for how long. At least one of them is daily.
   *
   * @default - RetentionPlan.daily35Days() and RetentionPlan.monthly13Months()
   */
  readonly retention?: RetentionPlan[];

  /**
   * The hour at which backups begin, in UTC, 0 to 23: one in which no window of the database lies.
   *
   * @default - 2, or the first hour after it that is clear of the windows of the database
   */
  readonly hour?: number;

  /**
   * What keeps copies in the off-site Region. The tier `regulated` asks for a lock that cannot be lifted, or for a waiver
   * that declines it: `Vault.locked(VaultLock.governance({ insteadOfCompliance: Waiver.because(…) }))`.
   *
   * @default Vault.locked(VaultLock.governance())
   */
  readonly vault?: Vault;

  /**
   * Raised by one to copy to another vault off site, beside the one that stays: for another kind of vault or another lock.
   *
   * @default 1
   */
  readonly vaultGeneration?: number;

  /**
   * Whether AWS Backup reports and assesses every day. AWS Config has to record in the account and home Region already.
   *
   * @default false
   */
  readonly audit?: boolean;

  /**
   * Gives up the copies in the off-site Region, and the vault there.
   *
   * @default - every backup is copied
   */
  readonly withoutOffsiteCopy?: Waiver;

  /**
   * Gives up the restore of the database and of the pictures every week.
   *
   * @default - the newest backups of the database and of the pictures are restored on Sundays, and judged
   */
  readonly withoutRestoreTest?: Waiver;

  /**
   * What the tables of a restored database have to hold.
   *
   * @default - what the application brings; nothing for a container of your own
   */
  readonly restored?: Restored[];

  /**
   * What is promised of a recovery from the newest backup: each restore test is measured by it.
   *
   * @default - 26 hours may be lost, and it may take 4
   */
  readonly objectives?: RecoveryObjectives;

  /**
   * Leaves product pictures out of the backups.
   *
   * @default - they are backed up
   */
  readonly withoutMedia?: Waiver;

  /**
   * Leaves the shop's shared files out of the backups, those of EFS included.
   *
   * @default - they are backed up
   */
  readonly withoutFiles?: Waiver;
}

/** Refuses choices that the constructs of the store `id` would refuse. */
export function requireBackupChoices(problems: Problems, choices: BackupChoices, id: string): void {
  const { retention = DEFAULT_RETENTION, hour, vault = Vault.locked() } = choices;
  requireVault(problems.at('vault'), vault, id);
  requireRhythm(problems, { retention, hour });
  requireRetention(problems, retention, [boundsOf('the vault off site', vault._lock)]);
}

/** Refuses to leave a lock that cannot be lifted undecided, where it has to be decided. */
export function requireDecidedLock(
  problems: Problems,
  { vault = Vault.locked(), withoutOffsiteCopy }: BackupChoices,
): void {
  const isDecided = vault._isIrrevocable || vault._lock._declined !== undefined || withoutOffsiteCopy !== undefined;
  problems.require(isDecided, {
    code: 'ComplianceLockUndecided',
    property: 'vault',
    value: vault._lock._isIrrevocable ? 'compliance' : 'governance',
    bound: 'be locked irrevocably in the tier regulated, or say who declines that',
    remedy:
      "Write Vault.locked(VaultLock.compliance({ graceDays: 14, confirm: '<store id>' })), which nobody can undo, or " +
      'Vault.locked(VaultLock.governance({ insteadOfCompliance: Waiver.because(…) })).',
  });
}
