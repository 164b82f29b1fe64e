import { Fn } from 'aws-cdk-lib';
import { CfnRestoreTestingSelection, type CfnRestoreTestingPlan } from 'aws-cdk-lib/aws-backup';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { DataClass } from '../core/tags';
import type { CustomerDatabase } from '../data/customer-database';
import { openPort } from '../data/database-port';
import { DataKey } from '../encryption/data-key';
import type { RecoveryObjectives } from './recovery-objectives';
import { createRestoreRole } from './restore-role';
import { watchTests } from './restore-test-alarms';
import { restoreTestDefinition } from './restore-test-definition';
import { METRICS } from './restore-test-names';
import {
  createTestingPlan,
  DEFAULT_OBJECTIVES,
  requirePromise,
  testedStore,
  testingName,
  VALIDATION_WINDOW,
} from './restore-test-plan';
import { requireCheck, type RestoreTestProps } from './restore-test-props';
import { letTest } from './restore-test-rights';
import { beginTests } from './restore-test-watch';
import { RestoreWorkflow } from './restore-workflow';
import { RestoredRows } from './restored-rows';

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
    const { database, alerts, objectives = DEFAULT_OBJECTIVES } = props;
    const problems = new Problems(`RestoreTest ${this.node.path}`);
    requireCheck(problems, props);
    requirePromise(problems, props);
    problems.throwIfAny();

    const { store, prefix } = testedStore(this);
    [this.store, this.prefix] = [store, prefix];
    this.cluster = database.cluster.node.defaultChild as CfnDBCluster;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    const check = props.check ?? this.createCheck(key, objectives, props);
    this.securityGroup = this.createSecurityGroup(database, check);
    this.plan = createTestingPlan(this, props);
    this.selection = this.createSelection(database);
    const judge = this.createJudge(key, objectives, alerts);
    const test = this.createTest(key, judge, { ...props, check });
    beginTests(this, { plan: this.plan, test, judge, hasClusters: true, key });
    watchTests(this, alerts, { test: test.stateMachine, store, objectives, restored: 'database' });
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
      restoreTestingSelectionName: testingName(this, 'restoreTestingSelection'),
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
}
