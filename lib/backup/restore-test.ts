import { CrossStackReferences, Duration, Fn, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { CfnRestoreTestingPlan, CfnRestoreTestingSelection } from 'aws-cdk-lib/aws-backup';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { identityOf } from '../core/identity';
import { letAlarmsAndEventsUse } from '../core/key-use';
import type { LogStore } from '../core/log-store';
import { physicalName } from '../core/physical-names';
import type { Restored } from '../core/restored';
import { ServiceRole } from '../core/service-role';
import { DataClass } from '../core/tags';
import { Weekday } from '../core/weekday';
import type { CustomerDatabase } from '../data/customer-database';
import { openPort } from '../data/database-port';
import { DataKey } from '../encryption/data-key';
import type { RecoveryObjectives } from './recovery-objectives';
import { createRestoreRole } from './restore-role';
import { watchTests } from './restore-test-alarms';
import { restoreTestDefinition } from './restore-test-definition';
import { METRICS } from './restore-test-names';
import { letTest, letWatch } from './restore-test-rights';
import { restoreWatchDefinition } from './restore-watch-definition';
import { RestoreWorkflow } from './restore-workflow';
import { RestoredRows } from './restored-rows';
import type { RetainedVault } from './retained-vault';
import { ofBackup } from './vault-alarms';

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

const DEFAULT_HOUR = 8;

const DEFAULT_OBJECTIVES: RecoveryObjectives = { point: Duration.hours(26), time: Duration.hours(4) };

/**
 * Restores the newest backup of a database every week, and says whether what comes out is right: AWS Backup restores it into
 * the data zone, behind a security group that lets nobody in but the check; a state machine gives the cluster an
 * instance, waits until it answers, takes the instance away, and reports to AWS Backup, which then deletes the cluster. A report with the
 * measured recovery time and recovery point goes to the evidence bucket, and both are metrics.
 *
 * An event of AWS Backup begins a test, and so does every hour: events may get lost. No restore is tested twice.
 *
 * Each test costs a restore (0.02 USD for each GB of the snapshot, as documentation and others quote it), one serverless instance for
 * an hour or two, and a copy of the data on disk until it is deleted: for 10 GB below one USD a month, beside a key if it has none.
 */
export class RestoreTest extends Construct {
  /** When AWS Backup restores, and from where. */
  public readonly plan: CfnRestoreTestingPlan;
  /** What it restores, and into what. */
  public readonly selection: CfnRestoreTestingSelection;
  /** The security group of what is restored. */
  public readonly securityGroup: SecurityGroup;

  private readonly store: string;
  private readonly prefix: string;
  private readonly cluster: CfnDBCluster;

  /** @throws BaselineError `CheckOutsideNetwork`, `CheckTwice`, `RestoreTestHourInvalid`, `RecoveryObjectiveInvalid` */
  public constructor(scope: Construct, id: string, props: RestoreTestProps) {
    super(scope, id);
    const { database, alerts, hour = DEFAULT_HOUR, objectives = DEFAULT_OBJECTIVES } = props;
    const problems = new Problems(`RestoreTest ${this.node.path}`);
    requireRestoreTest(problems, hour, objectives);
    requireCheck(problems, props);
    problems.throwIfAny();

    // A new generation of the database has to be deployable: nothing of the old one may be exported.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    const identity = identityOf(this);
    this.store = identity === undefined ? Stack.of(this).stackName : `${identity.id}-${identity.environment}`;
    this.prefix = `restore-tests/${this.store}/`;
    this.cluster = database.cluster.node.defaultChild as CfnDBCluster;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    const check = props.check ?? this.createCheck(key, objectives, props);
    this.securityGroup = this.createSecurityGroup(database, check);
    const { weekday = Weekday.SUNDAY } = props;
    this.plan = new CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName: named(this, 'restoreTestingPlan'),
      scheduleExpression: `cron(0 ${hour} ? * ${weekday} *)`,
      scheduleExpressionTimezone: 'Etc/UTC',
      startWindowHours: START_WINDOW,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [props.vault.vaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 2,
      },
    });
    this.selection = this.createSelection(database);
    const judge = this.createJudge(key, objectives, alerts);
    const test = this.createTest(key, judge, { ...props, check });
    this.beginTests(key, judge, test);
    watchTests(this, alerts, { test: test.stateMachine, store: this.store, objectives });
  }

  private createCheck(
    key: IKey,
    objectives: RecoveryObjectives,
    { database, expected, evidence, alerts }: RestoreTestProps,
  ): IFunction | undefined {
    const { prefix } = this;
    return (
      expected &&
      new RestoredRows(this, 'Rows', { database, expected, objectives, evidence, prefix, key, alerts }).check
    );
  }

  /** Nobody gets in but the check, and the restored database itself calls nobody. */
  private createSecurityGroup(database: CustomerDatabase, check: IFunction | undefined): SecurityGroup {
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: database.network.vpc,
      description: 'What is restored for a test: nobody but the check may connect',
      allowAllOutbound: false,
    });
    if (check !== undefined) {
      const [from] = check.connections.securityGroups;
      openPort(this, 'FromCheck', { from, to: securityGroup, port: database.port });
    }
    return securityGroup;
  }

  private createSelection(database: CustomerDatabase): CfnRestoreTestingSelection {
    const { kmsKeyId = '', dbClusterParameterGroupName = '', dbSubnetGroupName = '' } = this.cluster;
    const role = createRestoreRole(this, {
      keyArn: kmsKeyId,
      parameterGroup: dbClusterParameterGroupName,
      subnetGroup: dbSubnetGroupName,
    });
    const selection = new CfnRestoreTestingSelection(this, 'Selection', {
      restoreTestingPlanName: this.plan.restoreTestingPlanName,
      restoreTestingSelectionName: named(this, 'restoreTestingSelection'),
      protectedResourceType: 'Aurora',
      protectedResourceArns: [database.cluster.clusterArn],
      iamRoleArn: role.roleArn,
      restoreMetadataOverrides: {
        dbSubnetGroupName,
        dbClusterParameterGroupName,
        kmsKeyId,
        vpcSecurityGroupIds: Fn.join('', ['["', this.securityGroup.securityGroupId, '"]']),
        enableIamDatabaseAuthentication: 'true',
      },
      validationWindowHours: VALIDATION_WINDOW,
    });
    selection.node.addDependency(this.plan, role);
    return selection;
  }

  private createJudge(
    key: IKey,
    { time, point }: RecoveryObjectives,
    alerts: IAlertTopics | undefined,
  ): HandlerFunction {
    return new HandlerFunction(this, 'Judge', {
      handler: 'judge-restore-test',
      description: 'Says whether what was restored is right',
      key,
      environment: {
        STORE: this.store,
        KEY: this.cluster.kmsKeyId ?? '',
        PARAMETER_GROUP: this.cluster.dbClusterParameterGroupName ?? '',
        SECURITY_GROUP: this.securityGroup.securityGroupId,
        RECOVERY_TIME: String(time.toSeconds()),
        RECOVERY_POINT: String(point.toSeconds()),
      },
      alerts,
    });
  }

  private createTest(key: IKey, judge: HandlerFunction, props: RestoreTestProps): RestoreWorkflow {
    const { check, database, evidence } = props;
    const test = new RestoreWorkflow(this, 'Test', {
      description: 'Says whether what was restored from a backup is right',
      logsKey: key,
      definition: restoreTestDefinition({
        judge: judge.function.functionArn,
        check: check?.functionArn,
        databaseName: database.databaseName,
        bucket: evidence.bucket.bucketName,
        prefix: this.prefix,
        namespace: METRICS.namespace,
      }),
    });
    letTest(test, {
      called: [judge.function, ...(check === undefined ? [] : [check])],
      bucket: evidence.bucket,
      prefix: this.prefix,
      keyArn: this.cluster.kmsKeyId ?? '',
      subnetGroup: this.cluster.dbSubnetGroupName ?? '',
    });
    return test;
  }

  private beginTests(key: IKey, judge: HandlerFunction, test: RestoreWorkflow): void {
    const watch = new RestoreWorkflow(this, 'Watch', {
      description: 'Finds restores that are to be tested, and what tests left over',
      logsKey: key,
      definition: restoreWatchDefinition({
        plan: this.plan.attrRestoreTestingPlanArn,
        judge: judge.function.functionArn,
        test: test.stateMachine.stateMachineArn,
        namespace: METRICS.namespace,
      }),
    });
    letWatch(watch, judge.function, test);
    letAlarmsAndEventsUse(key);
    const role = new ServiceRole(this, 'EventRole', {
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Looks for restores that are to be tested',
    });
    const target = new SfnStateMachine(watch.stateMachine, { role, deadLetterQueue: judge.deadLetters });
    new Rule(this, 'Restored', {
      description: 'A restore test of AWS Backup has ended',
      eventPattern: ofBackup('Restore Job State Change', {
        restoreTestingPlanArn: [this.plan.attrRestoreTestingPlanArn],
        status: ['COMPLETED', 'FAILED', 'ABORTED'],
      }),
      targets: [target],
    });
    new Rule(this, 'Hourly', {
      description: 'Looks for restores of which no event came',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [target],
    });
  }
}

/** Hours within which AWS Backup begins. */
const START_WINDOW = 2;

/** Hours after which AWS Backup deletes what it restored although nobody has said whether it is right. */
const VALIDATION_WINDOW = 12;

/** A name for restore testing, which takes letters, digits and underscores alone. */
function named(owner: RestoreTest, kind: 'restoreTestingPlan' | 'restoreTestingSelection'): string {
  return physicalName(owner, kind).replaceAll('-', '_');
}

function requireRestoreTest(problems: Problems, hour: number, { time, point }: RecoveryObjectives): void {
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

function requireCheck(problems: Problems, { check, expected }: RestoreTestProps): void {
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
