import { CustomerDatabase, DataClass, DataKey, LogStore, RestoreTest, RetainedVault } from '../../lib';
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
const watch = new InterpretedStateMachine(template, /Judge|Plan|RestoreTestStateMachine/, /^RestoreTestWatch/);
const NOW = new Date('2026-11-29T12:00:00Z');
const look = createHandler(
  { now: () => NOW },
  {
    ...{ STORE: 'acme-production', KEY: 'key', PARAMETER_GROUP: 'tls', SECURITY_GROUP: 'sg-1' },
    ...{ RECOVERY_TIME: '14400', RECOVERY_POINT: '93600' },
  },
);
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
): Promise<Seen> {
  const started: string[] = [];
  const metrics: Record<string, number> = {};
  const { status } = await watch.execute(
    {},
    {
      ListJobs: () => ({ RestoreJobs: jobs }),
      ListClusters: () => ({ DbClusters: [OWN, ...clusters] }),
      Look: async ({ Payload }) => ({ Payload: await look(JSON.parse(JSON.stringify(Payload))) }),
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
