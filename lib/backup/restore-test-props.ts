import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IAlertTopics } from '../core/alerts';
import { type Problems } from '../core/errors';
import type { LogStore } from '../core/log-store';
import type { Restored } from '../core/restored';
import { type Weekday } from '../core/weekday';
import type { CustomerDatabase } from '../data/customer-database';
import type { RecoveryObjectives } from './recovery-objectives';
import type { RetainedVault } from './retained-vault';

/** What is restored, when, and what makes it right. */
export interface RestoreTestProps {
  /** The database whose backups are restored. */
  readonly database: CustomerDatabase;

  /** The vault that keeps them, in the account and Region of the database. */
  readonly vault: RetainedVault;

  /** Where reports go. With a key, they are locked for a year. */
  readonly evidence: LogStore;

  /**
   * What the tables of the restored database have to hold: heartbeats are then written into the live one, and a baseline
   * of it is taken every day.
   *
   * @default - nobody looks at rows, unless `check` does
   */
  readonly expected?: Restored[];

  /**
   * Asks the restored database whether its rows are right: a function in the VPC, which is let in alone. It is told
   * `{ restoreJobId, endpoint, port, database, recoveryPointAt, restoreStartedAt }`, and answers
   * `{ isRight, findings: [{ kind, subject, detail }], measuredRecoveryPointSeconds? }`.
   *
   * @default - a function of the library, where something is `expected`. Without either the cluster has to come up,
   * encrypted, isolated and with its parameters, and nobody looks at its rows
   */
  readonly check?: IFunction;

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

/** Refuses a check that reaches nothing, or is one too many. */
export function requireCheck(problems: Problems, { check, expected }: RestoreTestProps): void {
  problems.require(check === undefined || check.isBoundToVpc, {
    code: 'CheckOutsideNetwork',
    property: 'check',
    value: check?.node.path,
    bound: 'be in the VPC of the database: nothing else reaches what is restored',
    remedy: 'Place the function in the VPC, with a security group of its own.',
  });
  problems.require(check === undefined || expected === undefined, {
    code: 'CheckTwice',
    property: 'expected',
    value: expected?.length,
    bound: 'be left out beside a check of your own, which says itself what is right',
    remedy: 'Leave out check or expected.',
  });
}
