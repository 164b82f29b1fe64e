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
import { physicalName } from '../core/physical-names';
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
import { ofBackup } from './vault-alarms';
import { requireRestoreTest, type RestoreTestProps } from './restore-test-props';

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
    requireRestoreTest(problems, hour, objectives, props);
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
