import {
  CustomerDatabase,
  DataClass,
  DataKey,
  LogStore,
  ObjectRestoreTest,
  ObjectStore,
  RestoreTest,
  RetainedVault,
} from '../../lib';
import { createHandler } from '../../lib/backup/handlers/judge-restore-test';
import { existingNetwork } from '../support/network';
import { awsError } from '../support/restored-account';
import { templateOf } from '../support/stack';
import { InterpretedStateMachine } from '../support/state-machine';

const template = templateOf((stack) => {
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  new RestoreTest(stack, 'RestoreTest', {
    database: new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack) }),
    vault: new RetainedVault(stack, 'Vault'),
    evidence: new LogStore(stack, 'Evidence', { key }),
  });
});
const NOW = new Date('2026-11-29T12:00:00Z');
const look = createHandler(
  { now: () => NOW },
  {
    ...{ STORE: 'acme-production', KEY: 'key', PARAMETER_GROUP: 'tls', SECURITY_GROUP: 'sg-1' },
    ...{ RECOVERY_TIME: '14400', RECOVERY_POINT: '93600' },
  },
);

interface Watch {
  readonly machine: InterpretedStateMachine;
  readonly look: (event: unknown) => Promise<object>;
}

const CLUSTERS: Watch = {
  machine: new InterpretedStateMachine(template, /Judge|Plan|RestoreTestStateMachine/, /^RestoreTestWatch/),
  look,
};
const [PICTURES, FILES] = ['arn:aws:s3:::pictures', 'arn:aws:s3:::files'];
const objectTemplate = templateOf((stack) => {
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  new ObjectRestoreTest(stack, 'RestoreTest', {
    stores: [new ObjectStore(stack, 'Pictures'), new ObjectStore(stack, 'Files')],
    vault: new RetainedVault(stack, 'Vault'),
    evidence: new LogStore(stack, 'Evidence', { key }),
  });
});
const OBJECTS: Watch = {
  machine: new InterpretedStateMachine(objectTemplate, /Judge|Plan|RestoreTestStateMachine/, /^RestoreTestWatch/),
  look: createHandler(
    { now: () => NOW },
    { STORE: 'acme-production', BUCKETS: `${PICTURES},${FILES}`, RECOVERY_TIME: '14400', RECOVERY_POINT: '93600' },
  ),
};
const hoursAgo = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

interface Seen {
  readonly status: string;
  readonly started: string[];
  readonly metrics: Record<string, number>;
}

const cluster = (DbClusterIdentifier: string, hours: number): object => ({
  DbClusterIdentifier,
  ClusterCreateTime: hoursAgo(hours),
});

/** What is restored for a test stands beside the database itself. */
const OWN = cluster('acme-production-1234', 9_000);

/** One look at an account with these jobs and clusters, in which tests of `known` jobs were started before. */
async function lookAt(
  jobs: readonly object[],
  clusters: readonly object[] = [],
  known: readonly string[] = [],
  watch = CLUSTERS,
): Promise<Seen> {
  const started: string[] = [];
  const metrics: Record<string, number> = {};
  const { status } = await watch.machine.execute(
    {},
    {
      ListJobs: () => ({ RestoreJobs: jobs }),
      ListClusters: () => ({ DbClusters: [OWN, ...clusters] }),
      Look: async ({ Payload }) => ({ Payload: await watch.look(JSON.parse(JSON.stringify(Payload))) }),
      Measure: ({ MetricData }) => {
        (MetricData as { MetricName: string; Value: number }[]).forEach((each) => {
          metrics[each.MetricName] = each.Value;
        });
        return {};
      },
      Start: ({ Name, Input }) => {
        expect(JSON.parse(String(Input))).toEqual({ restoreJobId: Name });
        if (known.includes(String(Name))) {
          throw awsError('Sfn.ExecutionAlreadyExistsException');
        }
        started.push(String(Name));
        return {};
      },
    },
  );
  return { status, started, metrics };
}

const job = (RestoreJobId: string, more: object = {}): object => ({
  ...{ RestoreJobId, ResourceType: 'Aurora', Status: 'COMPLETED', CompletionDate: hoursAgo(1) },
  ...more,
});

test('starts the test of every restore that has ended and that nobody has judged', async () => {
  const { started } = await lookAt([
    job('new'),
    job('failed', { Status: 'FAILED' }),
    job('running', { Status: 'RUNNING' }),
    job('good', { ValidationStatus: 'SUCCESSFUL' }),
    job('bad', { ValidationStatus: 'FAILED' }),
    job('bucket', { ResourceType: 'S3' }),
  ]);
  expect(started).toEqual(['new', 'failed']);
});

test('a restore that an event announced and the hour finds again is tested once, and the others all the same', async () => {
  const { status, started } = await lookAt([job('known'), job('new')], [], ['known']);
  expect([status, started]).toEqual(['succeeded', ['new']]);
});

test('says how many days ago the last good test was, and nothing when there was none', async () => {
  const good = { ValidationStatus: 'SUCCESSFUL' };
  const { metrics } = await lookAt([
    job('older', { ...good, CompletionDate: hoursAgo(240) }),
    job('newest', { ...good, CompletionDate: hoursAgo(60) }),
    job('bad', { ValidationStatus: 'FAILED' }),
  ]);
  expect(metrics.DaysSinceRestoreTest).toBe(2.5);
  expect((await lookAt([job('bad', { ValidationStatus: 'FAILED' })])).metrics).toEqual({ RestoreTestLeftovers: 0 });
});

test('counts what tests left over for a day, and no cluster of anybody else', async () => {
  const { metrics } = await lookAt(
    [],
    [cluster('awsbackup-restore-test-old', 25), cluster('awsbackup-restore-test-in-use', 3)],
  );
  expect(metrics.RestoreTestLeftovers).toBe(1);
});

describe('of buckets', () => {
  const lookAtBuckets = (jobs: readonly object[], known: readonly string[] = []): Promise<Seen> =>
    lookAt(jobs, [], known, OBJECTS);
  const ofBucket = (id: string, SourceResourceArn: string, more: object = {}): object =>
    job(id, { ResourceType: 'S3', SourceResourceArn, ...more });
  const good = { ValidationStatus: 'SUCCESSFUL' };

  test('starts the test of each bucket once, whatever began it', async () => {
    const jobs = [
      ofBucket('pictures', PICTURES),
      ofBucket('files', FILES, { Status: 'FAILED' }),
      ofBucket('judged', PICTURES, good),
      ofBucket('running', FILES, { Status: 'RUNNING' }),
      job('cluster'),
    ];
    expect((await lookAtBuckets(jobs)).started).toEqual(['pictures', 'files']);
    const again = await lookAtBuckets(jobs, ['pictures', 'files']);
    expect([again.status, again.started]).toEqual(['succeeded', []]);
  });

  test('the age is that of the bucket whose last good test is longest ago, and nothing where one has none', async () => {
    const pictures = ofBucket('new', PICTURES, { ...good, CompletionDate: hoursAgo(12) });
    const before = ofBucket('old', PICTURES, { ...good, CompletionDate: hoursAgo(180) });
    const files = ofBucket('files', FILES, { ...good, CompletionDate: hoursAgo(48) });
    expect((await lookAtBuckets([before, pictures, files])).metrics.DaysSinceRestoreTest).toBe(2);
    expect((await lookAtBuckets([before, pictures])).metrics).toEqual({ RestoreTestLeftovers: 0 });
  });

  test('counts buckets that AWS Backup could not delete, for a week', async () => {
    const left = (hours: number, DeletionStatus = 'FAILED'): object =>
      ofBucket(`job-${hours}`, PICTURES, { ...good, DeletionStatus, CompletionDate: hoursAgo(hours) });
    const { metrics } = await lookAtBuckets([
      left(20),
      left(30),
      left(40, 'DELETING'),
      left(50, 'SUCCESSFUL'),
      left(169),
    ]);
    expect(metrics.RestoreTestLeftovers).toBe(2);
  });
});
