import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IAlertTopics } from '../core/alerts';
import type { Problems } from '../core/errors';
import type { LogStore } from '../core/log-store';
import type { Weekday } from '../core/weekday';
import type { ObjectStore } from '../data/object-store';
import type { RecoveryObjectives } from './recovery-objectives';
import type { RetainedVault } from './retained-vault';

/** Which buckets are restored, when, and what makes them right. */
export interface ObjectRestoreTestProps {
  /**
   * The buckets whose backups are restored, 30 at most. What is restored is encrypted with the key of the first: all are
   * of one shop, and a copy is gone after days.
   */
  readonly stores: ObjectStore[];

  /** The vault that keeps their backups, in the account and Region of the buckets. */
  readonly vault: RetainedVault;

  /** Where reports go. With a key, they are locked for a year. */
  readonly evidence: LogStore;

  /**
   * How many objects of each bucket are compared, byte by byte: 1 to 1,000. Which ones is a matter of the restore job: each
   * week others, and the same again for who repeats it. All objects are counted.
   *
   * @default 100
   */
  readonly sampleSize?: number;

  /**
   * What is promised of a recovery, when the newest backup is all that is left.
   *
   * @default - a day and the two hours within which AWS Backup begins a nightly backup may be lost, and it may take 4 hours
   */
  readonly objectives?: RecoveryObjectives;

  /**
   * The day of the test.
   *
   * @default Weekday.SUNDAY
   */
  readonly weekday?: Weekday;

  /**
   * The hour of the test, in UTC, 0 to 23: best some hours after the nightly backup.
   *
   * @default 8
   */
  readonly hour?: number;

  /**
   * Key for the logs of what tests.
   *
   * @default - a `DataKey` of its own
   */
  readonly key?: IKey;

  /**
   * Whom to tell when a restore is not right, too slow, too old, not made, or left over.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** Where one object in twenty is wrong, a sample of so many holds one of them 994 times in 1,000. */
export const DEFAULT_SAMPLE_SIZE = 100;

/** A selection of AWS Backup names no more. */
const MOST_STORES = 30;

/** Refuses a test of nothing, and one that AWS Backup or the function could not make. */
export function requireStores(
  problems: Problems,
  { stores, sampleSize = DEFAULT_SAMPLE_SIZE }: ObjectRestoreTestProps,
): void {
  problems.require(stores.length > 0 && stores.length <= MOST_STORES, {
    code: 'RestoredStoresOutOfRange',
    property: 'stores',
    value: stores.length,
    bound: `be 1 to ${MOST_STORES} buckets`,
    remedy: 'Name the buckets that the plan backs up; make a second ObjectRestoreTest for more.',
  });
  problems.require(Number.isInteger(sampleSize) && sampleSize >= 1 && sampleSize <= 1000, {
    code: 'SampleSizeOutOfRange',
    property: 'sampleSize',
    value: sampleSize,
    bound: 'be a whole number from 1 to 1000',
    remedy: 'Leave it out for 100.',
  });
}
