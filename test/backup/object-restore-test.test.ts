import { Match, type Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  DataClass,
  DataKey,
  LogStore,
  ObjectRestoreTest,
  ObjectStore,
  RetainedVault,
  StoreEnvironment,
  Waiver,
  Weekday,
  type ObjectRestoreTestProps,
} from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { alarmsIn, boundOf } from '../support/alarms';
import { refusal } from '../support/refusal';
import { templateOf } from '../support/stack';

const SELECTION = 'AWS::Backup::RestoreTestingSelection';
const POLICY = 'AWS::IAM::ManagedPolicy';

/** Nothing of a schedule is looked at here. */
const withoutBackup = Waiver.because('The vault is filled elsewhere', { owner: 'platform@acme.example' });

const testOf = (props: Partial<ObjectRestoreTestProps> = {}): Template =>
  templateOf((stack) => {
    belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
    new ObjectRestoreTest(stack, 'RestoreTest', {
      stores: ['Pictures', 'Files'].map((id) => new ObjectStore(stack, id, { withoutBackup })),
      vault: new RetainedVault(stack, 'Vault'),
      evidence: new LogStore(stack, 'Evidence', { key }),
      alerts: new AlertTopics(stack, 'Alerts'),
      key,
      ...props,
    });
  });

const template = testOf();

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/** The statements of a role, each resource as text. */
function statementsOf(role: string): { actions: string[]; resources: string[]; condition?: object }[] {
  const [policy] = Object.entries(template.findResources(POLICY))
    .filter(([id]) => id.startsWith(`RestoreTest${role}`))
    .map(([, { Properties }]) => Properties as { PolicyDocument: { Statement: Statement[] } });
  expect(policy).toBeDefined();
  return policy.PolicyDocument.Statement.map(({ Action, Resource, Condition }) => ({
    actions: [Action].flat(),
    resources: [Resource].flat().map((each) => JSON.stringify(each)),
    condition: Condition,
  }));
}

test('restores the newest snapshot of each bucket into a new one, under a key of the shop', () => {
  template.hasResourceProperties(SELECTION, {
    ProtectedResourceType: 'S3',
    ProtectedResourceArns: ['Pictures', 'Files'].map((store) => ({
      'Fn::GetAtt': [Match.stringLikeRegexp(`^${store}Bucket`), 'Arn'],
    })),
    RestoreMetadataOverrides: {
      encryptionType: 'SSE-KMS',
      kmsKey: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PicturesKey'), 'Arn'] },
    },
    ValidationWindowHours: 12,
  });
  template.hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
    RestoreTestingPlanName: Match.stringLikeRegexp('^acme_production_[0-9a-f]{8}$'),
    ScheduleExpression: 'cron(0 8 ? * SUN *)',
    RecoveryPointSelection: { Algorithm: 'LATEST_WITHIN_WINDOW', RecoveryPointTypes: ['SNAPSHOT'] },
  });
  testOf({ weekday: Weekday.MONDAY, hour: 23 }).hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
    ScheduleExpression: 'cron(0 23 ? * MON *)',
  });
});

test('the role that restores reaches buckets of tests alone, and two keys through services', () => {
  const statements = statementsOf('RestoreRole');
  for (const { actions, resources } of statements.filter(({ actions }) => actions[0].startsWith('s3:'))) {
    expect([actions, resources.every((each) => /:s3:::awsbackup-restore-test\*(\/\*)?"/.test(each))]).toEqual([
      actions,
      true,
    ]);
  }
  const using = statements.filter(({ actions }) => actions.includes('kms:Decrypt'));
  expect(using.map(({ resources }) => resources.map((each) => /GetAtt":\["([A-Za-z]+?)Key/.exec(each)?.[1]))).toEqual([
    ['Pictures'],
    ['Vault'],
  ]);
  expect(using.every(({ condition }) => JSON.stringify(condition).includes('kms:ViaService'))).toBe(true);
  expect(statements.flatMap(({ actions }) => actions).filter((action) => /\*|DeleteBucket/.test(action))).toEqual([]);
});

test('the check reads the buckets of the shop and those of tests, and writes nothing', () => {
  const rights = statementsOf('Check').flatMap(({ actions, resources }) =>
    actions.filter((action) => action.startsWith('s3:')).map((action) => [action, resources.join(' ')]),
  );
  expect(rights.map(([action]) => action).sort()).toEqual([
    's3:GetObject',
    's3:GetObjectVersion',
    's3:ListBucket',
    's3:ListBucketVersions',
  ]);
  const [, whole] = rights.find(([action]) => action === 's3:GetObject') ?? [];
  expect(whole).toMatch(/awsbackup-restore-test\*\/\*/);
  expect(whole).not.toMatch(/Pictures|Files/);
});

test('the state machine reads no bucket, and writes reports alone', () => {
  const rights = statementsOf('Role').flatMap(({ actions, resources }) =>
    actions.filter((action) => /^(s3|rds|kms):/.test(action)).map((action) => [action, resources.join(' ')]),
  );
  expect(rights.filter(([action]) => action.startsWith('s3:'))).toEqual([
    ['s3:PutObject', expect.stringContaining('restore-tests/acme-production/*')],
  ]);
  expect(rights.filter(([action]) => action.startsWith('rds:'))).toEqual([]);
  expect(statementsOf('WatchRole').flatMap(({ actions }) => actions)).not.toContain('rds:DescribeDBClusters');
});

test('tells of what failed, was silent, was left over, was slow or was old, apart from the database', () => {
  const alarms = alarmsIn(template, /^RestoreTest(?!Judge|Check)/);
  expect(alarms.map(boundOf)).toEqual([
    ['ExecutionsFailed + ExecutionsTimedOut + ExecutionsAborted', 1, 'notBreaching'],
    ['DaysSinceRestoreTest', 8, 'breaching'],
    ['RestoreTestLeftovers', 1, 'notBreaching'],
    ['RecoveryTimeSeconds', 4 * 3600 + 1, 'notBreaching'],
    ['RecoveryPointSeconds', 26 * 3600 + 1, 'notBreaching'],
  ]);
  const own = alarms.filter(({ Namespace }) => Namespace === 'CommerceBaseline/Recovery');
  expect(own.map(({ Dimensions }) => Dimensions)).toEqual(
    Array(4).fill([
      { Name: 'Restored', Value: 'objects' },
      { Name: 'Store', Value: 'acme-production' },
    ]),
  );
});

test('the functions are told what they judge by', () => {
  const environmentOf = (id: string): Record<string, unknown> => {
    const [{ Properties }] = Object.entries(template.findResources('AWS::Lambda::Function'))
      .filter(([name]) => name.startsWith(`RestoreTest${id}`))
      .map(([, resource]) => resource as { Properties: { Environment: { Variables: Record<string, unknown> } } });
    return Properties.Environment.Variables;
  };
  expect(environmentOf('Check')).toMatchObject({
    KEY: { 'Fn::GetAtt': [expect.stringMatching(/^PicturesKey/), 'Arn'] },
    SAMPLE_SIZE: '100',
  });
  expect(environmentOf('Judge')).toMatchObject({
    STORE: 'acme-production',
    BUCKETS: { 'Fn::Join': ['', [expect.anything(), ',', expect.anything()]] },
    RECOVERY_TIME: '14400',
    RECOVERY_POINT: '93600',
  });
});

test.each<[Partial<ObjectRestoreTestProps>, string]>([
  [{ stores: [] }, 'RestoredStoresOutOfRange'],
  [{ sampleSize: 0 }, 'SampleSizeOutOfRange'],
  [{ sampleSize: 1001 }, 'SampleSizeOutOfRange'],
  [{ sampleSize: 2.5 }, 'SampleSizeOutOfRange'],
  [{ hour: 24 }, 'RestoreTestHourInvalid'],
])('refuses %p', (props, code) => {
  expect(() => testOf(props)).toThrow(refusal([code], 'ObjectRestoreTest'));
});
