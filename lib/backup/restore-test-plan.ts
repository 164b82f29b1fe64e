import { Duration, Stack } from 'aws-cdk-lib';
import { CfnRestoreTestingPlan } from 'aws-cdk-lib/aws-backup';
import type { Construct } from 'constructs';
import { type Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { physicalName } from '../core/physical-names';
import { Weekday } from '../core/weekday';
import type { RecoveryObjectives } from './recovery-objectives';
import type { RetainedVault } from './retained-vault';

/** From where a test restores, when, and what is promised of it. */
export interface TestedPromise {
  readonly vault: RetainedVault;
  readonly weekday?: Weekday;
  readonly hour?: number;
  readonly objectives?: RecoveryObjectives;
}

/** Some hours after the nightly backup, on a day of rest. */
const DEFAULT_HOUR = 8;

/** What is promised where nobody says. */
export const DEFAULT_OBJECTIVES: RecoveryObjectives = { point: Duration.hours(26), time: Duration.hours(4) };

/** Hours within which AWS Backup begins. */
const START_WINDOW = 2;

/** Hours after which AWS Backup deletes what it restored although nobody has said whether it is right. */
export const VALIDATION_WINDOW = 12;

/** Whose restores are tested, and what the keys of the reports begin with. */
export function testedStore(scope: Construct): { store: string; prefix: string } {
  const identity = identityOf(scope);
  const store = identity === undefined ? Stack.of(scope).stackName : `${identity.id}-${identity.environment}`;
  return { store, prefix: `restore-tests/${store}/` };
}

/** Creates the plan by which AWS Backup restores the newest backup of a vault every week. */
export function createTestingPlan(
  scope: Construct,
  { vault, weekday = Weekday.SUNDAY, hour = DEFAULT_HOUR }: TestedPromise,
): CfnRestoreTestingPlan {
  return new CfnRestoreTestingPlan(scope, 'Plan', {
    restoreTestingPlanName: testingName(scope, 'restoreTestingPlan'),
    scheduleExpression: `cron(0 ${hour} ? * ${weekday} *)`,
    scheduleExpressionTimezone: 'Etc/UTC',
    startWindowHours: START_WINDOW,
    recoveryPointSelection: {
      algorithm: 'LATEST_WITHIN_WINDOW',
      includeVaults: [vault.vaultArn],
      recoveryPointTypes: ['SNAPSHOT'],
      selectionWindowDays: 2,
    },
  });
}

/** A name for restore testing, which takes letters, digits and underscores alone. */
export function testingName(owner: Construct, kind: 'restoreTestingPlan' | 'restoreTestingSelection'): string {
  return physicalName(owner, kind).replaceAll('-', '_');
}

/** Refuses an hour that there is not, and a promise that nobody can keep. */
export function requirePromise(
  problems: Problems,
  { hour = DEFAULT_HOUR, objectives: { time, point } = DEFAULT_OBJECTIVES }: TestedPromise,
): void {
  problems.require(Number.isInteger(hour) && hour >= 0 && hour <= 23, {
    code: 'RestoreTestHourInvalid',
    property: 'hour',
    value: hour,
    bound: 'be a whole number from 0 to 23',
    remedy: 'Name an hour in UTC, some hours after the nightly backup.',
  });
  for (const [property, value] of Object.entries({ time, point })) {
    problems.at('objectives').require(value.toMinutes({ integral: false }) >= 1, {
      code: 'RecoveryObjectiveInvalid',
      property,
      value: value.toHumanString(),
      bound: 'be a minute at least',
      remedy: 'Declare what the shop can do without, such as Duration.hours(4).',
    });
  }
}
