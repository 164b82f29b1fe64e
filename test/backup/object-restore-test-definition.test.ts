import { Template } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, LogStore, ObjectRestoreTest, ObjectStore, RetainedVault } from '../../lib';
import { createHandler } from '../../lib/backup/handlers/judge-restore-test';
import { createHandler as createCheck } from '../../lib/backup/handlers/objects/check-objects';
import { awsError, RestoredAccount } from '../support/restored-account';
import { foreignStack } from '../support/stack';
import { InterpretedStateMachine, type ExecutionEnd } from '../support/state-machine';
import { VersionedS3 } from '../support/versioned-s3';

const JOB_ID = '11111111-2222-3333-4444-555555555555';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/pictures';
const now = Date.now();
const minutesAgo = (minutes: number): Date => new Date(now - minutes * 60_000);
const ago = (minutes: number): string => minutesAgo(minutes).toISOString();

const template = (() => {
  const stack = foreignStack();
  const logs = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  new ObjectRestoreTest(stack, 'RestoreTest', {
    stores: [new ObjectStore(stack, 'Pictures')],
    vault: new RetainedVault(stack, 'Vault'),
    evidence: new LogStore(stack, 'Evidence', { key: logs }),
  });
  return Template.fromStack(stack);
})();
const stateMachine = new InterpretedStateMachine(template, /Judge|Check|Evidence|Vault/, /^RestoreTestStateMachine/);
const judge = createHandler(
  { now: () => new Date() },
  { STORE: 'acme-production', BUCKETS: 'arn:aws:s3:::pictures', RECOVERY_TIME: '14400', RECOVERY_POINT: '93600' },
);

const JOB = {
  Status: 'COMPLETED',
  ResourceType: 'S3',
  CreatedResourceArn: 'arn:aws:s3:::awsbackup-restore-test-abc',
  RecoveryPointArn: 'arn:aws:backup:eu-central-1:111122223333:recovery-point:pictures-20261129',
  CreationDate: ago(90),
  RecoveryPointCreationDate: ago(480),
};
const RECOVERY_POINT = { ResourceArn: 'arn:aws:s3:::pictures', CreationDate: ago(480), CompletionDate: ago(420) };

const s3 = new VersionedS3();
beforeAll(() => s3.start());
afterAll(() => s3.stop());
beforeEach(() => {
  s3.buckets.clear();
  s3.refused = s3.hanging = undefined;
  for (const name of ['a', 'b', 'c', 'd']) {
    s3.put('pictures', name, minutesAgo(600), `bytes of ${name}`);
    s3.put('awsbackup-restore-test-abc', name, minutesAgo(60), `bytes of ${name}`, { kmsKey: KEY });
  }
});

interface Report {
  readonly findings: { readonly kind: string; readonly subject: string; readonly detail: string }[];
  readonly objects?: object;
  readonly recoveryPoint: { readonly measuredSeconds?: number };
  readonly recoveryTime: { readonly measuredSeconds?: number };
}

interface Run {
  readonly job?: readonly object[];
  readonly left?: number;
  readonly check?: () => Promise<object>;
}

/** One test of a restored bucket, with the real functions behind it and a real S3 behind them. */
async function run(
  account: RestoredAccount,
  { left = 60_000, check }: Run = {},
): Promise<ExecutionEnd & { report: Report }> {
  const compare = createCheck(s3.client(), { KEY, SAMPLE_SIZE: '100' });
  const doubles = account.doubles();
  const end = await stateMachine.execute(
    { restoreJobId: JOB_ID },
    {
      ...doubles,
      ReadRecoveryPoint: (parameters) => {
        if (account.failures.ReadRecoveryPoint !== undefined) {
          throw account.failures.ReadRecoveryPoint;
        }
        expect(parameters).toMatchObject({ RecoveryPointArn: JOB.RecoveryPointArn });
        return RECOVERY_POINT;
      },
      Check: async ({ Payload }) => ({
        Payload: check === undefined ? await compare(Payload, { getRemainingTimeInMillis: () => left }) : await check(),
      }),
      Judge: async ({ Payload }) => ({ Payload: await judge(JSON.parse(JSON.stringify(Payload))) }),
    },
  );
  const [report = JSON.stringify(end)] = Object.values(account.reports);
  return { ...end, report: JSON.parse(report) as Report };
}

const accountWith = (...job: object[]): RestoredAccount => new RestoredAccount({ job, cluster: {}, looks: 0 });
const kindsOf = ({ findings }: Report): string[] => findings.map(({ kind }) => kind);

test('a bucket that came out right passes, AWS Backup hears of it, and the report says what was compared', async () => {
  const account = accountWith(JOB);
  const { status, report } = await run(account);
  expect(report.findings).toEqual([]);
  expect(status).toBe('succeeded');
  expect(account.results.map(({ status: told, message }) => [told, message])).toEqual([
    ['VALIDATING', undefined],
    ['SUCCESSFUL', 'What was restored is right'],
  ]);
  expect(report.objects).toEqual({ expected: 4, restored: 4, compared: 4 });
  expect(Object.keys(account.reports)).toEqual([
    expect.stringMatching(new RegExp(`^restore-tests/.*/${JOB_ID}.json$`)),
  ]);
});

test('measures what would have been lost by the age of the backup, and how long the restore took', async () => {
  const account = accountWith(JOB);
  const { report } = await run(account);
  expect(report.recoveryPoint.measuredSeconds).toBe(390 * 60);
  expect(report.recoveryTime.measuredSeconds).toBeGreaterThanOrEqual(90 * 60);
  expect(report.recoveryTime.measuredSeconds).toBeLessThan(92 * 60);
  expect(account.metrics).toEqual(
    ['RestoreTests', 'RecoveryTimeSeconds', 'RecoveryPointSeconds'].map(
      (MetricName) =>
        expect.objectContaining({
          MetricName,
          Dimensions: [
            { Name: 'Store', Value: 'acme-production' },
            { Name: 'Restored', Value: 'objects' },
          ],
        }) as unknown,
    ),
  );
});

test('a truncated bucket is a failed validation that says so', async () => {
  ['a', 'b'].forEach((name) => s3.buckets.get('awsbackup-restore-test-abc')?.delete(name));
  const account = accountWith(JOB);
  const { status, output, report } = await run(account);
  expect(status).toBe('failed');
  expect(String(output)).toContain('ObjectsMissing (restored bucket)');
  expect(kindsOf(report)).toEqual(['ObjectsMissing', 'ObjectMissing', 'ObjectMissing']);
  expect(account.results.at(-1)).toMatchObject({ status: 'FAILED' });
});

test('an object under another key is a failed validation that says so', async () => {
  s3.put('awsbackup-restore-test-abc', 'a', minutesAgo(60), 'bytes of a');
  expect(kindsOf((await run(accountWith(JOB))).report)).toEqual(['EncryptionDiffers']);
});

test('what was written between the begin and the end of the backup may be in it', async () => {
  s3.put('pictures', 'a', minutesAgo(450), 'meanwhile');
  s3.put('awsbackup-restore-test-abc', 'a', minutesAgo(60), 'meanwhile', { kmsKey: KEY });
  expect((await run(accountWith(JOB))).status).toBe('succeeded');
  s3.put('pictures', 'b', minutesAgo(400), 'later than');
  s3.put('awsbackup-restore-test-abc', 'b', minutesAgo(60), 'later than', { kmsKey: KEY });
  expect(kindsOf((await run(accountWith(JOB))).report)).toEqual(['DigestDiffers']);
});

test('a job that an event announced too early is waited for', async () => {
  expect((await run(accountWith({ ...JOB, Status: 'RUNNING' }, JOB))).status).toBe('succeeded');
});

test('a job that does not end in time ends as timed out', async () => {
  const { status, report } = await run(accountWith({ ...JOB, Status: 'RUNNING' }));
  expect([status, kindsOf(report)]).toEqual(['failed', ['RestoreFailed', 'TimedOut']]);
});

test('a restore that AWS Backup could not make is a failure, and nobody compares', async () => {
  const account = accountWith({ Status: 'FAILED', StatusMessage: 'no access to the key', CreationDate: ago(90) });
  const { status, report } = await run(account, { check: () => Promise.reject(new Error('nobody asks')) });
  expect(status).toBe('failed');
  expect(report.findings).toEqual([
    { kind: 'RestoreFailed', subject: 'restore job', detail: 'FAILED: no access to the key' },
  ]);
  expect(account.results).toEqual([]);
});

test.each(['Announce', 'ReadRecoveryPoint'])('when %s fails, AWS Backup hears that the test failed', async (step) => {
  const account = accountWith(JOB);
  account.failures[step] = awsError('Backup.AccessDenied');
  const { status, report } = await run(account);
  expect([status, report.findings]).toEqual([
    'failed',
    [{ kind: 'StepFailed', subject: 'bucket', detail: 'Backup.AccessDenied' }],
  ]);
  expect(account.results.at(-1)).toMatchObject({ status: 'FAILED' });
});

test('when the check dies, the test failed', async () => {
  const check = (): Promise<object> => Promise.reject(awsError('Sandbox.Timedout'));
  const { status, report } = await run(accountWith(JOB), { check });
  expect([status, report.findings[0].detail]).toEqual(['failed', 'Sandbox.Timedout']);
});

test('a bucket that does not answer ends in a clear failed validation', async () => {
  s3.hanging = /^\/awsbackup/;
  const account = accountWith(JOB);
  const { report } = await run(account, { left: 15_300 });
  expect(kindsOf(report)).toEqual(['TimedOut']);
  expect(account.results.at(-1)).toMatchObject({ status: 'FAILED', message: 'TimedOut (check)' });
});

test('a check that says no and not why is not right either', async () => {
  const check = (): Promise<object> => Promise.resolve({ isRight: false, findings: [], objects: { compared: 0 } });
  expect(kindsOf((await run(accountWith(JOB), { check })).report)).toEqual(['CheckFailed']);
});

test('a restore that took longer than declared, or of a backup older than declared, is not right', async () => {
  const slow = { ...JOB, CreationDate: ago(300), RecoveryPointCreationDate: ago(300 + 27 * 60) };
  const { report } = await run(accountWith(slow));
  expect(kindsOf(report)).toEqual(['RecoveryTimeExceeded', 'RecoveryPointExceeded']);
});
