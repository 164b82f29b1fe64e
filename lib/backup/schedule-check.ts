import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BackedUpKind } from '../core/backed-up';
import type { Problems } from '../core/errors';
import type { BackupScheduleProps } from './backup-schedule';
import { RetentionPlan } from './retention-plan';
import { VaultLock } from './vault-lock';

/** How often, and for how long, where nobody says. */
export const DEFAULT_RETENTION = [RetentionPlan.daily35Days(), RetentionPlan.monthly13Months()];

/** Bounds within which a vault keeps copies, in days. */
export interface RetentionBounds {
  readonly called: string;
  readonly shortest?: number;
  readonly longest?: number;
}

/** The bounds of `lock`. */
export function boundsOf(called: string, { _minDays: shortest, _maxDays: longest }: VaultLock): RetentionBounds {
  return { called, shortest, longest };
}

/** A lock that takes `retention` and nothing beyond it, and that can be lifted. */
export function lockAround(retention: readonly RetentionPlan[] = DEFAULT_RETENTION): VaultLock {
  const days = retention.map(({ _days }) => _days);
  const [shortest, longest] = [Math.min(...days), Math.max(...days)].map((each) => Duration.days(each));
  return VaultLock.governance({ minRetention: shortest, maxRetention: longest });
}

/** Refuses rhythms and times that AWS Backup would refuse, or that it would do silently what nobody wants. */
export function requireRetention(
  problems: Problems,
  retention: readonly RetentionPlan[],
  bounds: RetentionBounds[],
): void {
  retention.forEach((plan) => problems.include(plan));
  problems.require(
    retention.some(({ _rhythm }) => _rhythm === 'daily'),
    {
      code: 'DailyBackupMissing',
      property: 'retention',
      value: retention.map(({ _name }) => _name),
      bound: 'hold a daily backup: what is lost is what has changed since the last one',
      remedy: 'Add RetentionPlan.daily35Days().',
    },
  );
  problems.require(new Set(retention.map(({ _rhythm }) => _rhythm)).size === retention.length, {
    code: 'RetentionTwice',
    property: 'retention',
    value: retention.map(({ _name }) => _name),
    bound: 'have one plan of each rhythm: of two that are due at once, AWS Backup makes the one that is kept longer',
    remedy: 'Remove the shorter one.',
  });
  for (const { called, shortest = 0, longest = Infinity } of bounds) {
    const outside = retention.filter(({ _days }) => _days < shortest || _days > longest).map(({ _name }) => _name);
    problems.require(outside.length === 0, {
      code: 'RetentionOutsideLock',
      property: 'retention',
      value: outside,
      bound: `keep copies from ${shortest} to ${longest} days: ${called} refuses all others, each night`,
      remedy: 'Choose other plans, or a lock with minRetention and maxRetention that fit.',
    });
  }
}

interface Rhythm {
  readonly retention: readonly RetentionPlan[];
}

/** Refuses a schedule that protects from less than it looks like. */
export function requireSchedule(problems: Problems, scope: Construct, props: BackupScheduleProps): void {
  const { copyTo, withoutOffsiteCopy, retention = DEFAULT_RETENTION, kinds, hour } = props;
  const { region } = Stack.of(scope);
  problems.require(copyTo !== undefined || withoutOffsiteCopy !== undefined, {
    code: 'OffsiteCopyMissing',
    property: 'copyTo',
    value: copyTo,
    bound: 'name a vault in another Region',
    remedy: 'Make an OffsiteVault there, or say why not with withoutOffsiteCopy: Waiver.because(…).',
  });
  problems.require(copyTo?.vaultRegion !== region, {
    code: 'OffsiteVaultAtHome',
    property: 'copyTo',
    value: copyTo?.vaultRegion,
    bound: 'stand in another Region than what is backed up: one event takes both otherwise',
    remedy: 'Place the OffsiteVault in a stack of another Region, with env in the props of both stacks.',
  });
  requireRhythm(problems, { retention, kinds, hour });
}

/** The hour at which backups begin, in UTC, where nobody says otherwise. */
export const DEFAULT_HOUR = 2;

/** Refuses what AWS Backup would take over from a database, and hours that do not exist. */
export function requireRhythm(
  problems: Problems,
  {
    retention,
    kinds = Object.values(BackedUpKind),
    hour = DEFAULT_HOUR,
  }: Pick<BackupScheduleProps, 'kinds' | 'hour'> & Rhythm,
): void {
  const isContinuous = retention.some(({ _rhythm }) => _rhythm === 'continuous');
  problems.require(!isContinuous || !kinds.includes(BackedUpKind.DATABASE), {
    code: 'ContinuousBackupOfDatabase',
    property: 'retention',
    value: retention.map(({ _name }) => _name),
    bound: 'not be continuous where databases are covered: the cluster goes back to any second of 35 days by itself',
    remedy: 'Make a second BackupSchedule for it, with kinds: [BackedUpKind.OBJECTS].',
  });
  problems.require(Number.isInteger(hour) && hour >= 0 && hour <= 23, {
    code: 'BackupHourInvalid',
    property: 'hour',
    value: hour,
    bound: 'be a whole hour from 0 to 23, in UTC',
    remedy: 'Choose one in which the shop is quiet and no window of the database lies.',
  });
}
