import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CustomerDatabase, DataClass, DataKey, LogStore, RestoreTest, RetainedVault } from '../../lib';
import { createHandler } from '../../lib/backup/handlers/judge-restore-test';
import { takeBaseline } from '../../lib/backup/handlers/restored/baseline';
import { checkRestore } from '../../lib/backup/handlers/restored/check-restore';
import { writeHeartbeat } from '../../lib/backup/handlers/restored/heartbeat';
import { HEARTBEAT_TABLE } from '../../lib/data/handlers/heartbeat-table';
import { codeAbout, messageCode, type SignedText } from '../../lib/backup/handlers/restored/message-code';
import { postgresqlSession } from '../../lib/data/handlers/moving/postgresql-session';
import { type SqlSession } from '../../lib/data/handlers/moving/sql-session';
import { existingNetwork } from '../support/network';
import { PostgresqlServer } from '../support/postgresql';
import { awsError, RestoredAccount, type RestoredAccountState } from '../support/restored-account';
import { foreignStack } from '../support/stack';
import { InterpretedStateMachine, type ExecutionEnd } from '../support/state-machine';

const JOB_ID = '11111111-2222-3333-4444-555555555555';
const CLUSTER = 'awsbackup-restore-test-abc';
const CODE = messageCode('a-key-for-this-test');
const now = Date.now();
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const EXPECTATION = {
  tables: [{ schema: 'public', name: 'orders', atLeast: 10 }],
  cluster: 'live',
  heartbeatSeconds: 300,
  recoveryPointSeconds: 3 * 60 * 60,
  masterUser: 'clusteradmin',
};

const template = (() => {
  const stack = foreignStack();
  const network = existingNetwork(stack);
  const logs = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  new RestoreTest(stack, 'RestoreTest', {
    database: new CustomerDatabase(stack, 'Database', { network }),
    vault: new RetainedVault(stack, 'Vault'),
    evidence: new LogStore(stack, 'Evidence', { key: logs }),
    check: LambdaFunction.fromFunctionAttributes(stack, 'Check', {
      functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:check',
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'CheckGroup', 'sg-0123456789abcdef0'),
      sameEnvironment: true,
    }),
  });
  return Template.fromStack(stack);
})();
const stateMachine = new InterpretedStateMachine(template, /Judge|Evidence/, /^RestoreTestStateMachine/);
const judge = createHandler(
  { now: () => new Date() },
  {
    ...{ STORE: 'acme-production', KEY: 'key', PARAMETER_GROUP: 'tls', SECURITY_GROUP: 'sg-1' },
    ...{ RECOVERY_TIME: '14400', RECOVERY_POINT: '93600' },
  },
);

const JOB = {
  Status: 'COMPLETED',
  ResourceType: 'Aurora',
  CreatedResourceArn: `arn:aws:rds:eu-central-1:111122223333:cluster:${CLUSTER}`,
  CreationDate: ago(90),
  RecoveryPointCreationDate: ago(120),
};
let server: PostgresqlServer;
let baseline: SignedText;
const GOOD: RestoredAccountState = {
  job: [JOB],
  cluster: {
    ...{ Status: 'available', Engine: 'aurora-postgresql', Endpoint: 'cluster.example', Port: 5432 },
    ...{ StorageEncrypted: true, KmsKeyId: 'key', IamDatabaseAuthenticationEnabled: true },
    ...{ DbClusterParameterGroup: 'tls', VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }] },
  },
  looks: 2,
};

const login = (): Promise<SqlSession> => {
  const { host, port, certificate: ca } = server;
  return postgresqlSession({ host, port, database: 'shop', username: 'restore_validator', password: 'token' }, { ca });
};

beforeAll(async () => {
  server = await PostgresqlServer.start();
  await server.query('CREATE DATABASE shop');
  await server.query(`ALTER DATABASE shop SET "rds.force_ssl" = '1'`);
  await server.query(
    `${HEARTBEAT_TABLE.join(';')};
     CREATE ROLE clusteradmin LOGIN CREATEDB CREATEROLE;
     CREATE ROLE restore_validator LOGIN PASSWORD 'token';
     CREATE TABLE orders (id int PRIMARY KEY);
     GRANT USAGE ON SCHEMA cdk_commerce_baseline TO restore_validator;
     GRANT SELECT ON orders, cdk_commerce_baseline.heartbeat TO restore_validator;
     GRANT INSERT ON cdk_commerce_baseline.heartbeat TO restore_validator;`,
    { database: 'shop' },
  );
}, 60_000);
afterAll(() => server.stop());

beforeEach(async () => {
  await server.query('TRUNCATE orders; INSERT INTO orders SELECT generate_series(1, 20)', { database: 'shop' });
  await server.query('TRUNCATE cdk_commerce_baseline.heartbeat', { database: 'shop' });
  const session = await login();
  await writeHeartbeat(session, codeAbout('live', CODE), new Date(ago(130)));
  await writeHeartbeat(session, codeAbout('live', CODE), new Date(ago(125)));
  baseline = (await takeBaseline(session, EXPECTATION.tables, CODE, () => new Date(ago(140)))).signed;
  await session.end();
});

/** The real check, on a real PostgreSQL, told what the state machine tells it. */
function ask(payload: Record<string, string>): Promise<object> {
  return checkRestore({
    connect: login,
    ...{ expectation: EXPECTATION, deadlineMilliseconds: 10_000 },
    patience: { pauseMilliseconds: 20, mostMilliseconds: 100 },
    evidence: () => Promise.resolve({ code: CODE, baseline, removals: [] }),
    recoveryPoint: new Date(payload.recoveryPointAt),
    startedAt: new Date(payload.restoreStartedAt),
  });
}

/** One test of a restore, with the real functions behind it; only AWS's own calls are doubles. */
async function run(account: RestoredAccount, check = ask): Promise<ExecutionEnd & { report: Report }> {
  const end = await stateMachine.execute(
    { restoreJobId: JOB_ID },
    {
      ...account.doubles(),
      Check: async ({ Payload }) => ({
        Payload: await check(JSON.parse(JSON.stringify(Payload)) as Record<string, string>),
      }),
      Judge: async ({ Payload }) => ({ Payload: await judge(JSON.parse(JSON.stringify(Payload))) }),
    },
  );
  const [report = JSON.stringify(end)] = Object.values(account.reports);
  return { ...end, report: JSON.parse(report) as Report };
}

interface Report {
  readonly findings: { readonly kind: string; readonly subject: string; readonly detail: string }[];
  readonly recoveryPoint: { readonly measuredSeconds?: number };
  readonly recoveryTime: { readonly measuredSeconds?: number };
}

const kindsOf = ({ findings }: Report): string[] => findings.map(({ kind }) => kind);

test('a good restore passes, and AWS Backup hears of it once the instance is gone', async () => {
  const account = new RestoredAccount(GOOD);
  const { status, report } = await run(account);
  expect(report.findings).toEqual([]);
  expect(status).toBe('succeeded');
  expect(account.calls).toEqual(['modifyDBCluster', 'createDBInstance', 'deleteDBInstance']);
  expect(account.results).toEqual([
    { status: 'VALIDATING', message: undefined, hadInstance: false },
    { status: 'SUCCESSFUL', message: 'What was restored is right', hadInstance: false },
  ]);
});

test('measures how long it took, and by the newest heartbeat how much would have been lost', async () => {
  const account = new RestoredAccount(GOOD);
  const { report } = await run(account);
  expect(report.recoveryPoint.measuredSeconds).toBe(35 * 60);
  expect(report.recoveryTime.measuredSeconds).toBeGreaterThanOrEqual(90 * 60);
  expect(report.recoveryTime.measuredSeconds).toBeLessThan(92 * 60);
  expect(account.metrics.map(({ MetricName }) => MetricName)).toEqual([
    'RestoreTests',
    'RecoveryTimeSeconds',
    'RecoveryPointSeconds',
  ]);
});

test('a truncated table is a failed validation that says so', async () => {
  await server.query('TRUNCATE orders', { database: 'shop' });
  const account = new RestoredAccount(GOOD);
  const { status, output, report } = await run(account);
  expect(status).toBe('failed');
  expect(String(output)).toContain('RowsMissing (public.orders)');
  expect(kindsOf(report)).toEqual(['RowsMissing']);
  expect(account.results.at(-1)).toMatchObject({ status: 'FAILED', hadInstance: false });
});

test('a job that an event announced too early is waited for', async () => {
  const account = new RestoredAccount({ ...GOOD, job: [{ ...JOB, Status: 'RUNNING' }, JOB] });
  expect((await run(account)).status).toBe('succeeded');
});

test('a restore that AWS Backup could not make is a failure, and nothing is touched', async () => {
  const job = { Status: 'FAILED', StatusMessage: 'no access to the key', CreationDate: ago(90) };
  const account = new RestoredAccount({ ...GOOD, job: [job] });
  const { status, report } = await run(account);
  expect(status).toBe('failed');
  expect(report.findings[0]).toMatchObject({ kind: 'RestoreFailed', detail: 'FAILED: no access to the key' });
  expect([account.calls, account.results]).toEqual([[], []]);
});

test.each([
  ['StorageEncrypted', false, 'EncryptionDiffers'],
  ['KmsKeyId', 'another key', 'EncryptionDiffers'],
  ['IamDatabaseAuthenticationEnabled', false, 'IamLoginOff'],
  ['DbClusterParameterGroup', 'default', 'ParametersDiffer'],
  ['VpcSecurityGroups', [{ VpcSecurityGroupId: 'sg-1' }, { VpcSecurityGroupId: 'sg-2' }], 'NotIsolated'],
])('a restored cluster with %s %s fails', async (property, value, kind) => {
  const account = new RestoredAccount({ ...GOOD, cluster: { ...GOOD.cluster, [property]: value } });
  const { status, report } = await run(account);
  expect([status, kindsOf(report)]).toEqual(['failed', [kind]]);
});

test.each(['Announce', 'ReadCluster', 'SetCapacity', 'CreateInstance'])(
  'when %s fails, there is no instance, and AWS Backup hears that it failed',
  async (step) => {
    const account = new RestoredAccount(GOOD);
    account.failures[step] = awsError('Rds.AccessDenied');
    const { status, report } = await run(account);
    expect([status, report.findings[0]]).toMatchObject(['failed', { kind: 'StepFailed', detail: 'Rds.AccessDenied' }]);
    expect(account.results.at(-1)).toMatchObject({ status: 'FAILED', hadInstance: false });
  },
);

describe.each(['WriteReport', 'Measure', 'ReportResult'])('when %s fails, whoever else is to know is told', (step) => {
  const isTold = (account: RestoredAccount): boolean[] => [
    Object.keys(account.reports).length === 1,
    account.metrics.length > 0,
    ['SUCCESSFUL', 'FAILED'].includes(String(account.results.at(-1)?.status)),
  ];
  const others = ['WriteReport', 'Measure', 'ReportResult'].map((each) => each !== step);

  test('and the test failed, because not everybody is', async () => {
    const account = new RestoredAccount(GOOD);
    account.failures[step] = awsError('S3.SlowDown');
    const { status, output } = await run(account);
    expect([status, isTold(account)]).toEqual(['failed', others]);
    expect(JSON.stringify(output)).toContain('What was restored is right');
  });

  test('of a backup that is not right, too', async () => {
    await server.query('TRUNCATE orders', { database: 'shop' });
    const account = new RestoredAccount(GOOD);
    account.failures[step] = awsError('S3.SlowDown');
    const { status, output } = await run(account);
    expect([status, isTold(account)]).toEqual(['failed', others]);
    expect(JSON.stringify(output)).toContain('RowsMissing');
  });
});

test('when the check dies, the instance is taken away all the same', async () => {
  const account = new RestoredAccount(GOOD);
  const { status, report } = await run(account, () => Promise.reject(awsError('Sandbox.Timedout')));
  expect([status, report.findings[0].detail]).toEqual(['failed', 'Sandbox.Timedout']);
  expect(account.calls).toContain('deleteDBInstance');
  expect(account.results.at(-1)?.hadInstance).toBe(false);
});

test('an instance that never comes up ends as timed out, and is taken away', async () => {
  const account = new RestoredAccount({ ...GOOD, looks: 70 });
  const end = run(account);
  expect(kindsOf((await end).report)).toEqual(['TimedOut', 'LeftBehind']);
  expect(account.results.at(-1)?.status).toBe('TIMED_OUT');
  expect(account.calls.at(-1)).toBe('deleteDBInstance');
});

test('a cluster that never comes up ends as timed out', async () => {
  const account = new RestoredAccount({ ...GOOD, cluster: { ...GOOD.cluster, Status: 'creating' } });
  const { report } = await run(account);
  expect(report.findings).toEqual([{ kind: 'TimedOut', subject: 'cluster', detail: 'did not come in time' }]);
  expect(account.results.at(-1)?.status).toBe('TIMED_OUT');
});

test('an instance that cannot be taken away is a finding', async () => {
  const account = new RestoredAccount(GOOD);
  account.failures.DeleteInstance = awsError('Rds.InvalidDbInstanceStateException');
  expect(kindsOf((await run(account)).report)).toEqual(['LeftBehind']);
});

test('a step that is tried again finds the instance that it made before', async () => {
  const account = new RestoredAccount(GOOD);
  const doubles = account.doubles();
  await doubles.CreateInstance({});
  expect((await run(account)).status).toBe('succeeded');
});
