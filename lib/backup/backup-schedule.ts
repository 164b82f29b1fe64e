import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { BackedUpKind, registerSelector, selectedBy, type BackupSelector } from '../core/backed-up';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { identityOf } from '../core/identity';
import { keeps } from '../core/keeps';
import { letCopiesUse } from '../core/key-use';
import { physicalName } from '../core/physical-names';
import { pinLogicalId } from '../core/stateful';
import { BACKUP_TAG, DATA_CLASS_TAG, ENVIRONMENT_TAG, STORE_TAG } from '../core/tag-names';
import { DataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { BackupRole } from './backup-role';
import type { IOffsiteVault } from './offsite-vault-ref';
import { RetainedVault } from './retained-vault';
import type { RetentionPlan } from './retention-plan';
import { DEFAULT_HOUR, boundsOf, DEFAULT_RETENTION, requireRetention, requireSchedule } from './schedule-check';
import { watchJobs } from './schedule-alarms';

/** What is backed up, how often, and where copies go. */
export interface BackupScheduleProps {
  /**
   * The vault off site: an `OffsiteVault` of a stack in another Region, best of another account, or
   * `OffsiteVault.existing(…)`.
   *
   * @default - none, which takes `withoutOffsiteCopy`
   */
  readonly copyTo?: IOffsiteVault;

  /**
   * Gives up the copy in another Region.
   *
   * @default - a copy of every backup goes to `copyTo`
   */
  readonly withoutOffsiteCopy?: Waiver;

  /**
   * Gives up that backups of the database and of buckets are restored every week: there is no `RestoreTest` and no
   * `ObjectRestoreTest` of them.
   *
   * @default - a `RestoreTest` and an `ObjectRestoreTest` restore from the vault of this schedule
   */
  readonly withoutRestoreTest?: Waiver;

  /**
   * How often, and for how long. At least one of them is daily.
   *
   * @default - RetentionPlan.daily35Days() and RetentionPlan.monthly13Months()
   */
  readonly retention?: RetentionPlan[];

  /**
   * The kinds of resources that are selected.
   *
   * @default - all of them
   */
  readonly kinds?: BackedUpKind[];

  /**
   * The vault at home.
   *
   * @default - a `RetainedVault` of its own
   */
  readonly vault?: RetainedVault;

  /**
   * The hour at which backups begin, in UTC, 0 to 23: one in which no window of the database lies.
   *
   * @default 2
   */
  readonly hour?: number;

  /**
   * Who is told when a backup or a copy fails, or is not made.
   *
   * @default - nobody, and no alarms are created
   */
  readonly alerts?: IAlertTopics;
}

/** Minutes within which a job has to begin: a night's queue of AWS Backup, no more. */
const START_WINDOW = 120;

/** Minutes within which it has to end: a first backup of a large bucket takes days. */
const COMPLETION_WINDOW = 7 * 24 * 60;

/**
 * Backs up, every day, whatever of this library holds data of customers in this account and Region: databases, buckets, file
 * systems, tables. They carry a tag by construction, and the schedule selects by it: within a store what is of that store,
 * elsewhere everything that carries the tag. Its role gets the rights to each of them and to nothing else, and their keys are
 * opened for the copy.
 *
 * The point-in-time recovery of an Aurora cluster is the cluster's own and stays so.
 *
 * The schedule costs nothing but its alarms; what backups cost stands at `RetainedVault` and `OffsiteVault`.
 */
export class BackupSchedule extends Construct {
  /** The plan. */
  public readonly plan: CfnBackupPlan;
  /** What the plan selects. */
  public readonly selection: CfnBackupSelection;
  /** What AWS Backup works as. Give it the rights to resources of your own that you tag. */
  public readonly role: Role;
  /** The vault at home. */
  public readonly vault: RetainedVault;

  private readonly selector: BackupSelector;

  /**
   * @throws BaselineError `OffsiteCopyMissing`, `OffsiteVaultAtHome`, `ContinuousBackupOfDatabase`, `DailyBackupMissing`,
   * `RetentionOutsideLock`, `RetentionOutOfRange`, `RetentionTwice`, `BackupHourInvalid`
   */
  public constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const { copyTo, alerts, kinds = Object.values(BackedUpKind) } = props;
    const { retention = DEFAULT_RETENTION } = props;
    const problems = new Problems(`BackupSchedule ${this.node.path}`);
    requireSchedule(problems, this, props);
    problems.throwIfAny();
    this.vault = props.vault ?? new RetainedVault(this, 'Vault', { alerts });
    requireRetention(problems, retention, [
      boundsOf('the vault at home', this.vault.lock),
      {
        called: 'the vault off site',
        shortest: copyTo?.minRetention?.toDays(),
        longest: copyTo?.maxRetention?.toDays(),
      },
    ]);
    problems.throwIfAny();
    keeps(this, 'backup-schedule.offsite-copy', props.withoutOffsiteCopy);

    const role = new BackupRole(this, 'Role', {
      vaultArn: this.vault.vaultArn,
      copies: copyTo && { account: copyTo.vaultAccount, region: copyTo.vaultRegion, vaultArn: copyTo.vaultArn },
    });
    this.role = role;
    role.useKeyOfVault(this.vault.key.keyArn);
    this.plan = this.createPlan(retention, props);
    this.selection = this.createSelection(kinds);
    this.selector = this.createSelector(role, kinds, copyTo);
    registerSelector(this.selector);
    const isTestable = (): boolean => selectedBy(this.selector).some(({ kind }) => TESTED.includes(kind));
    keeps(this, 'backup-schedule.restore-test', props.withoutRestoreTest, isTestable);
    if (alerts !== undefined) {
      const selected = (): number => selectedBy(this.selector).length;
      // Outside of a store, what is selected may stand in another app.
      const expected = (): number => Math.max(selected(), identityOf(this) === undefined ? 1 : 0);
      watchJobs(this, alerts, {
        vault: this.vault,
        copyTo,
        expected: Lazy.number({ produce: expected }),
        isExpecting: Lazy.any({ produce: () => expected() > 0 }),
      });
    }
  }

  private createPlan(
    retention: readonly RetentionPlan[],
    { copyTo, hour = DEFAULT_HOUR }: BackupScheduleProps,
  ): CfnBackupPlan {
    const plan = new CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: physicalName(this, 'backupPlan'),
        backupPlanRule: retention.map((each) => {
          const lifecycle = { deleteAfterDays: each._days };
          return {
            ruleName: each._name,
            targetBackupVault: this.vault.vaultName,
            scheduleExpression: each._schedule(hour),
            scheduleExpressionTimezone: 'Etc/UTC',
            startWindowMinutes: START_WINDOW,
            completionWindowMinutes: COMPLETION_WINDOW,
            enableContinuousBackup: each._rhythm === 'continuous' ? true : undefined,
            lifecycle,
            copyActions: copyTo && [{ destinationBackupVaultArn: copyTo.vaultArn, lifecycle }],
            recoveryPointTags: { [DATA_CLASS_TAG]: DataClass.BACKUPS, ...this.storeTags() },
          };
        }),
      },
    });
    pinLogicalId(this, plan, 'Plan');
    if (copyTo !== undefined && !isKnownElsewhere(this, copyTo)) {
      acknowledge(plan, {
        rules: ['CommerceBaseline-backup-plan-copies-offsite[unresolved]'],
        because: 'The stack is for any account and Region; copies go to a place that somebody wrote out.',
      });
    }
    plan.node.addDependency(this.vault);
    return plan;
  }

  private createSelection(kinds: readonly BackedUpKind[]): CfnBackupSelection {
    const { account, region } = Stack.of(this);
    const tags = Object.entries(this.selectedTags());
    return new CfnBackupSelection(this, 'Selection', {
      backupPlanId: this.plan.ref,
      backupSelection: {
        selectionName: physicalName(this, 'backupSelection'),
        iamRoleArn: this.role.roleArn,
        resources: kinds.map((kind) => `arn:${Aws.PARTITION}:${RESOURCES[kind](region, account)}`),
        conditions: {
          StringEquals: tags.map(([key, value]) => ({
            ConditionKey: `aws:ResourceTag/${key}`,
            ConditionValue: value,
          })),
        },
      },
    });
  }

  private createSelector(
    role: BackupRole,
    kinds: readonly BackedUpKind[],
    copyTo: IOffsiteVault | undefined,
  ): BackupSelector {
    const place = copyTo && { account: copyTo.vaultAccount, region: copyTo.vaultRegion };
    if (place !== undefined) {
      letCopiesUse(this.vault.key, place);
    }
    return {
      scope: this,
      tags: this.selectedTags(),
      kinds,
      take: (resource) => {
        role.backUp(resource);
        if (resource.key !== undefined && place !== undefined) {
          letCopiesUse(resource.key, place);
        }
      },
    };
  }

  private selectedTags(): Record<string, string> {
    return { [BACKUP_TAG]: DataClass.CUSTOMER_DATA, ...this.storeTags() };
  }

  private storeTags(): Record<string, string> {
    const identity = identityOf(this);
    return identity === undefined ? {} : { [STORE_TAG]: identity.id, [ENVIRONMENT_TAG]: identity.environment };
  }
}

/** Whether a template shows that `vault` is elsewhere: where the stack is for any place, it does not. */
function isKnownElsewhere(scope: Construct, { vaultAccount, vaultRegion }: IOffsiteVault): boolean {
  const { account, region } = Stack.of(scope);
  return (
    (!Token.isUnresolved(region) && region !== vaultRegion) ||
    (!Token.isUnresolved(account) && account !== vaultAccount)
  );
}

/** Kinds that are restored for a test. */
const TESTED: readonly BackedUpKind[] = [BackedUpKind.DATABASE, BackedUpKind.OBJECTS];

/** Every resource of a kind, as the selection names them before it asks for tags. */
const RESOURCES: Readonly<Record<BackedUpKind, (region: string, account: string) => string>> = {
  [BackedUpKind.DATABASE]: (region, account) => `rds:${region}:${account}:cluster:*`,
  [BackedUpKind.OBJECTS]: () => 's3:::*',
  [BackedUpKind.FILES]: (region, account) => `elasticfilesystem:${region}:${account}:file-system/*`,
  [BackedUpKind.TABLES]: (region, account) => `dynamodb:${region}:${account}:table/*`,
};
