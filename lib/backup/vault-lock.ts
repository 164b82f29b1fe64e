import { Duration } from 'aws-cdk-lib';
import { type Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';

/** Between what bounds a locked vault takes copies. */
export interface VaultLockOptions {
  /**
   * The shortest that a copy may be kept: AWS Backup refuses one that would end sooner.
   *
   * @default - 35 days
   */
  readonly minRetention?: Duration;

  /**
   * The longest that a copy may be kept: AWS Backup refuses one that would stay longer, or for ever.
   *
   * @default - 396 days
   */
  readonly maxRetention?: Duration;
}

/** As `VaultLockOptions`, and who decided against the lock that cannot be lifted. */
export interface GovernanceLockOptions extends VaultLockOptions {
  /**
   * Declines the compliance lock where somebody asks for the decision: the tier `regulated` does.
   *
   * @default - nobody asked
   */
  readonly insteadOfCompliance?: Waiver;
}

/** As `VaultLockOptions`, and what makes an irrevocable lock deliberate. */
export interface ComplianceLockOptions extends VaultLockOptions {
  /** Days, 3 to 36,500, within which the lock can still be lifted; afterwards nobody can. */
  readonly graceDays: number;

  /** The id of the store; outside of a store, the name of the stack. Written out by whoever means it. */
  readonly confirm: string;
}

/**
 * What keeps the copies in a vault until their time, whoever wants them gone.
 *
 * Both kinds refuse what would be kept too short or too long, so that nothing in a locked vault stays for ever.
 */
export class VaultLock {
  /**
   * Copies cannot be deleted before their time, unless somebody with the right to do so lifts the lock first, which shows
   * in CloudTrail and tells the contacts.
   */
  public static governance(options: GovernanceLockOptions = {}): VaultLock {
    return new VaultLock(options, undefined, undefined, options.insteadOfCompliance);
  }

  /**
   * As governance, but **irrevocable** once the grace has passed: nobody shortens the life of a copy, lifts the lock or
   * deletes the vault before its last copy has expired, neither the root user nor AWS. Every byte is paid for until then.
   *
   * @throws BaselineError `VaultLockGraceOutOfRange`, `VaultLockNotConfirmed`, when the lock is used
   */
  public static compliance(options: ComplianceLockOptions): VaultLock {
    return new VaultLock(options, options.graceDays, options.confirm);
  }

  /** @internal */
  public readonly _minDays: number;
  /** @internal */
  public readonly _maxDays: number;

  private constructor(
    { minRetention = Duration.days(35), maxRetention = Duration.days(396) }: VaultLockOptions,
    /** @internal */
    public readonly _graceDays?: number,
    /** @internal */
    public readonly _confirm?: string,
    /** @internal */
    public readonly _declined?: Waiver,
  ) {
    this._minDays = minRetention.toDays({ integral: false });
    this._maxDays = maxRetention.toDays({ integral: false });
  }

  /** @internal */
  public get _isIrrevocable(): boolean {
    return this._graceDays !== undefined;
  }
}

/** Days in which AWS lets an irrevocable lock be lifted: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html */
const GRACE = { shortest: 3, longest: 36_500 };

/** Refuses a lock that AWS Backup would refuse, or that nobody has confirmed. `confirmation` is what has to be written. */
export function requireLock(problems: Problems, lock: VaultLock, confirmation: string): void {
  const { _minDays, _maxDays, _graceDays, _confirm } = lock;
  problems.require(Number.isInteger(_minDays) && Number.isInteger(_maxDays) && _minDays >= 1 && _maxDays >= _minDays, {
    code: 'VaultLockBoundsInvalid',
    property: 'lock.maxRetention',
    value: `${_minDays} to ${_maxDays} days`,
    bound: 'be whole days, and not less than minRetention',
    remedy: 'Leave both out: 35 and 396 days fit the plans that a store has.',
  });
  if (_graceDays === undefined) {
    return;
  }
  problems.require(Number.isInteger(_graceDays) && _graceDays >= GRACE.shortest && _graceDays <= GRACE.longest, {
    code: 'VaultLockGraceOutOfRange',
    property: 'lock.graceDays',
    value: _graceDays,
    bound: `be a whole number of days from ${GRACE.shortest} to ${GRACE.longest}`,
    remedy: 'Write 14: two weeks in which a first restore shows whether the copies are good.',
  });
  requireConfirmation(problems.at('lock'), _confirm, confirmation);
}

/** Refuses what cannot be undone unless somebody has written out what it is about. */
export function requireConfirmation(problems: Problems, given: string | undefined, confirmation: string): void {
  problems.require(given === confirmation, {
    code: 'VaultLockNotConfirmed',
    property: 'confirm',
    value: given,
    bound: `be ${JSON.stringify(confirmation)}: the lock cannot be lifted again`,
    remedy: 'Write it out if you mean it; otherwise choose VaultLock.governance().',
  });
}
