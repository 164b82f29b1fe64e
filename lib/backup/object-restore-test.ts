import { Duration } from 'aws-cdk-lib';
import { CfnRestoreTestingSelection, type CfnRestoreTestingPlan } from 'aws-cdk-lib/aws-backup';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import { createObjectRestoreRole, restoredBuckets } from './object-restore-role';
import { objectRestoreTestDefinition } from './object-restore-test-definition';
import { DEFAULT_SAMPLE_SIZE, requireStores, type ObjectRestoreTestProps } from './object-restore-test-props';
import { watchTests } from './restore-test-alarms';
import { METRICS } from './restore-test-names';
import {
  createTestingPlan,
  DEFAULT_OBJECTIVES,
  requirePromise,
  testedStore,
  testingName,
  VALIDATION_WINDOW,
} from './restore-test-plan';
import { letTestObjects } from './restore-test-rights';
import { beginTests } from './restore-test-watch';
import { RestoreWorkflow } from './restore-workflow';

/** How long a comparison may take: as long as a function may run. */
const LONGEST_CHECK = Duration.minutes(15);

/**
 * Restores the newest backup of buckets every week, and says whether what comes out is right: AWS Backup restores each into
 * a new bucket; a function counts its objects and compares a sample of them, byte by byte, with what stood in the bucket when
 * it was backed up; a state machine reports to AWS Backup, which then deletes the new bucket. A report with the measured recovery
 * time and recovery point goes to the evidence bucket, and both are metrics.
 *
 * An event of AWS Backup begins a test, and so does every hour: events may get lost. No restore is tested twice.
 *
 * Each test costs a restore, as AWS Backup prices one of its Region, and a copy of the objects until they expire, a day or two
 * later: for 10 GB a few cents, beside a key if it has none.
 */
export class ObjectRestoreTest extends Construct {
  /** When AWS Backup restores, and from where. */
  public readonly plan: CfnRestoreTestingPlan;
  /** What it restores, and under which key. */
  public readonly selection: CfnRestoreTestingSelection;

  private readonly store: string;
  private readonly prefix: string;
  private readonly copyKey: IKey;

  /**
   * @throws BaselineError `RestoredStoresOutOfRange`, `SampleSizeOutOfRange`, `RestoreTestHourInvalid`,
   * `RecoveryObjectiveInvalid`
   */
  public constructor(scope: Construct, id: string, props: ObjectRestoreTestProps) {
    super(scope, id);
    const { stores, alerts, objectives = DEFAULT_OBJECTIVES } = props;
    const problems = new Problems(`ObjectRestoreTest ${this.node.path}`);
    requireStores(problems, props);
    requirePromise(problems, props);
    problems.throwIfAny();

    ({ store: this.store, prefix: this.prefix } = testedStore(this));
    this.copyKey = stores[0].bucket.encryptionKey as IKey;
    const key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.LOGS, alerts });
    this.plan = createTestingPlan(this, props);
    this.selection = this.createSelection(props);
    const check = this.createCheck(key, props);
    const judge = this.createJudge(key, props);
    const test = this.createTest(key, { check, judge }, props);
    beginTests(this, { plan: this.plan, test, judge, hasClusters: false, key });
    watchTests(this, alerts, { test: test.stateMachine, store: this.store, objectives, restored: 'objects' });
  }

  private createSelection({ stores, vault }: ObjectRestoreTestProps): CfnRestoreTestingSelection {
    const { keyArn } = this.copyKey;
    const role = createObjectRestoreRole(this, { keyArn, vaultKeyArn: vault.key.keyArn });
    const selection = new CfnRestoreTestingSelection(this, 'Selection', {
      restoreTestingPlanName: this.plan.restoreTestingPlanName,
      restoreTestingSelectionName: testingName(this, 'restoreTestingSelection'),
      protectedResourceType: 'S3',
      protectedResourceArns: stores.map(({ bucket }) => bucket.bucketArn),
      iamRoleArn: role.roleArn,
      // A new bucket, whose name AWS Backup makes up, is what it infers.
      restoreMetadataOverrides: { encryptionType: 'SSE-KMS', kmsKey: keyArn },
      validationWindowHours: VALIDATION_WINDOW,
    });
    selection.node.addDependency(this.plan, role);
    return selection;
  }

  private createCheck(key: IKey, { stores, sampleSize, alerts }: ObjectRestoreTestProps): HandlerFunction {
    const check = new HandlerFunction(this, 'Check', {
      handler: 'check-objects',
      description: 'Compares a restored bucket with the one that was backed up',
      key,
      environment: { KEY: this.copyKey.keyArn, SAMPLE_SIZE: String(sampleSize ?? DEFAULT_SAMPLE_SIZE) },
      timeout: LONGEST_CHECK,
      memorySize: 512,
      alerts,
    });
    const { buckets, objects } = restoredBuckets();
    const originals = stores.map(({ bucket }) => bucket.arnForObjects('*'));
    const keys = stores.flatMap(({ bucket: { encryptionKey } }) => encryptionKey?.keyArn ?? []);
    const allow = (actions: string[], resources: string[]): void =>
      void check.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    // Whoever may not list a bucket is told that what is missing is forbidden.
    allow(['s3:ListBucket'], [buckets, ...stores.map(({ bucket }) => bucket.bucketArn)]);
    allow(
      ['s3:ListBucketVersions'],
      stores.map(({ bucket }) => bucket.bucketArn),
    );
    allow(['s3:GetObject'], [objects]);
    allow(['s3:GetObjectVersion'], originals);
    allow(['kms:Decrypt'], [...new Set(keys)]);
    acknowledgeWildcards(check.role, {
      matching: [buckets, objects, ...originals],
      because:
        'AWS Backup names what it restores for a test, and which objects are compared is decided each week. It reads, and ' +
        'writes nothing.',
    });
    return check;
  }

  private createJudge(key: IKey, { stores, objectives, alerts }: ObjectRestoreTestProps): HandlerFunction {
    const { time, point } = objectives ?? DEFAULT_OBJECTIVES;
    return new HandlerFunction(this, 'Judge', {
      handler: 'judge-restore-test',
      description: 'Says whether the buckets that were restored are right',
      key,
      environment: {
        STORE: this.store,
        BUCKETS: stores.map(({ bucket }) => bucket.bucketArn).join(),
        RECOVERY_TIME: String(time.toSeconds()),
        RECOVERY_POINT: String(point.toSeconds()),
      },
      alerts,
    });
  }

  private createTest(
    key: IKey,
    { check, judge }: { readonly check: HandlerFunction; readonly judge: HandlerFunction },
    { vault, evidence: { bucket } }: ObjectRestoreTestProps,
  ): RestoreWorkflow {
    const { prefix } = this;
    const test = new RestoreWorkflow(this, 'Test', {
      description: 'Says whether a bucket that was restored from a backup is right',
      logsKey: key,
      definition: objectRestoreTestDefinition({
        judge: judge.function.functionArn,
        check: check.function.functionArn,
        vault: vault.vaultName,
        bucket: bucket.bucketName,
        prefix,
        namespace: METRICS.namespace,
      }),
    });
    letTestObjects(test, { called: [judge.function, check.function], bucket, prefix });
    return test;
  }
}
