import { type Duration } from 'aws-cdk-lib';
import type { Problems } from '../core/errors';
import { requireConfirmation, requireLock, VaultLock } from './vault-lock';

/** What makes a logically air-gapped vault. */
export interface AirGappedVaultOptions {
  /** The id of the store; outside of a store, the name of the stack. Its lock cannot be lifted, so it is written out. */
  readonly confirm: string;

  /**
   * The shortest that a copy may be kept: 7 days or more.
   *
   * @default - 35 days
   */
  readonly minRetention?: Duration;

  /**
   * The longest that a copy may be kept.
   *
   * @default - 396 days
   */
  readonly maxRetention?: Duration;

  /**
   * ARN of a team of multi-party approval, whose members together open the vault to another account when its own is
   * lost. Teams are made in the account that manages the organisation, by hand: docs/BACKUPS.md.
   *
   * @default - none: the vault is lost with its account
   */
  readonly approvalTeamArn?: string;
}

/** What kind of vault keeps copies off site. */
export class Vault {
  /** A vault with a key of its own, under `lock`. */
  public static locked(lock: VaultLock = VaultLock.governance()): Vault {
    return new Vault(lock, false);
  }

  /**
   * A logically air-gapped vault: **always irrevocably locked, without a grace**, encrypted with a key that AWS owns, and
   * restored from in other accounts without a copy. For stores that mean to survive the loss of the backup account, too.
   *
   * Not in every Region: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
   *
   * @throws BaselineError `VaultLockNotConfirmed`, `VaultLockBoundsInvalid`, when the vault is used
   */
  public static airGapped(options: AirGappedVaultOptions): Vault {
    const { confirm, minRetention, maxRetention, approvalTeamArn } = options;
    return new Vault(VaultLock.governance({ minRetention, maxRetention }), true, confirm, approvalTeamArn);
  }

  private constructor(
    /** @internal */
    public readonly _lock: VaultLock,
    /** @internal */
    public readonly _isAirGapped: boolean,
    /** @internal */
    public readonly _confirm?: string,
    /** @internal */
    public readonly _approvalTeamArn?: string,
  ) {}

  /** @internal */
  public get _isIrrevocable(): boolean {
    return this._isAirGapped || this._lock._isIrrevocable;
  }
}

/** The shortest retention of a logically air-gapped vault, in days. */
const SHORTEST_AIR_GAPPED = 7;

/** Refuses a vault that AWS Backup would refuse, or one that cannot be undone and that nobody has confirmed. */
export function requireVault(problems: Problems, vault: Vault, confirmation: string): void {
  requireLock(problems, vault._lock, confirmation);
  if (!vault._isAirGapped) {
    return;
  }
  requireConfirmation(problems, vault._confirm, confirmation);
  problems.require(vault._lock._minDays >= SHORTEST_AIR_GAPPED, {
    code: 'VaultLockBoundsInvalid',
    property: 'minRetention',
    value: `${vault._lock._minDays} days`,
    bound: `be ${SHORTEST_AIR_GAPPED} days or more in a logically air-gapped vault`,
    remedy: 'Leave it out: 35 days fit the plans that a store has.',
  });
}
