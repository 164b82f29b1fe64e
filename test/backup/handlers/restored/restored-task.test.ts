import { createHmac } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import type { RestoreReport } from '../../../../lib/backup/handlers/restored/check-restore';
import { messageCode } from '../../../../lib/backup/handlers/restored/message-code';
import { signRemovals } from '../../../../lib/backup/handlers/restored/removals';
import { restoredTask, type RestoredTaskClients } from '../../../../lib/backup/handlers/restored/restored-task';
import type { DeclaredUser } from '../../../../lib/data/handlers/database-server';
import { postgresqlSession } from '../../../../lib/data/handlers/moving/postgresql-session';
import { generatedSecret } from '../../../../lib/data/handlers/rotate-generated-secret.handler';
import { rotationHandler } from '../../../../lib/data/handlers/rotation';
import { MASTER, RdsPostgresql } from '../../../support/rds-postgresql';
import { S3Endpoint } from '../../../support/s3';
import { SecretsManagerEndpoint } from '../../../support/secrets-manager';

/** The three functions as they run: the logins that are declared, let in by token, the bucket and the secret. */
const KEY = 'a-generated-key';
const EVIDENCE = { EVIDENCE_BUCKET: 'evidence', EVIDENCE_PREFIX: 'restore-tests/' };
const START = Date.parse('2026-11-01T00:00:00Z');
const minutes = (count: number): Date => new Date(START + count * 60_000);
const EXPECTATION = {
  tables: [
    { schema: 'public', name: 'orders', immutable: { column: 'completed_at', days: 30 } },
    { schema: 'public', name: 'customer' },
  ],
  cluster: 'live',
  heartbeatSeconds: 300,
  recoveryPointSeconds: 900,
  masterUser: MASTER.username,
};

const s3 = new S3Endpoint();
const secretsManager = new SecretsManagerEndpoint();
let rds: RdsPostgresql;
let key: string;
beforeAll(async () => {
  // A token is signed with what Lambda puts there.
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  rds = await RdsPostgresql.start();
  await Promise.all([s3.start(), secretsManager.start()]);
  key = secretsManager.create(KEY);
  rds.iam.tokens.set('heartbeat_writer', 'token').set('restore_validator', 'token');
}, 60_000);
afterAll(() => Promise.all([rds.stop(), s3.stop(), secretsManager.stop()]));

const LOGINS: readonly DeclaredUser[] = [
  { name: 'shop_schema', privileges: 'migrations', iam: false },
  { name: 'heartbeat_writer', privileges: 'heartbeats', iam: true },
  { name: 'restore_validator', privileges: 'validation', iam: true },
];

beforeEach(async () => {
  s3.objects.clear();
  await rds.reset();
  await rds.databaseServer.asMaster((master) => master.declare(LOGINS));
  await rds.query(`ALTER DATABASE shop SET "rds.force_ssl" = '1'`);
  await rds.query(
    `SET ROLE shop_migrations;
     CREATE TABLE orders (id int PRIMARY KEY, completed_at timestamptz);
     INSERT INTO orders SELECT n, '2026-09-01' FROM generate_series(1, 20) n;
     CREATE TABLE customer (id int PRIMARY KEY);
     INSERT INTO customer SELECT n FROM generate_series(1, 10) n`,
  );
});

interface Call {
  readonly at?: Date;
  readonly event?: object;
  readonly clients?: Partial<RestoredTaskClients>;
  readonly left?: number;
  readonly secret?: string;
}

function run(VERB: string, call: Call = {}): Promise<object> {
  const { port, certificate: ca } = rds.server;
  const environment = {
    VERB,
    ...EVIDENCE,
    SIGNING_SECRET_ARN: call.secret ?? key,
    EXPECTATION: JSON.stringify(EXPECTATION),
    DATABASE_HOST: 'localhost',
    DATABASE_PORT: String(port),
    DATABASE_NAME: 'shop',
    DATABASE_USER: VERB === 'beat' ? 'heartbeat_writer' : 'restore_validator',
  };
  const clients: RestoredTaskClients = {
    s3: s3.client(),
    secrets: secretsManager.clients().secrets,
    // What IAM signed is longer than what the authority of the test takes.
    connect: (login) => postgresqlSession({ ...login, password: 'token' }, { ca }),
    clock: () => call.at ?? minutes(0),
    ...call.clients,
  };
  return restoredTask(clients, environment)(call.event, { getRemainingTimeInMillis: () => call.left ?? 60_000 });
}

async function check(call: Call & { recoveryPoint?: Date } = {}): Promise<RestoreReport> {
  const { recoveryPoint = minutes(22) } = call;
  const event = {
    restoreJobId: 'job-1',
    endpoint: 'localhost',
    port: rds.server.port,
    database: 'shop',
    recoveryPointAt: recoveryPoint.toISOString(),
    restoreStartedAt: minutes(30).toISOString(),
  };
  return (await run('check', { event, ...call })) as RestoreReport;
}

const beatUntil = async (last: number): Promise<void> => {
  for (let minute = 0; minute <= last; minute += 5) {
    await run('beat', { at: minutes(minute) });
  }
};

const found = (kind: string, subject: string): unknown => expect.objectContaining({ kind, subject });

test('heartbeats, a baseline and a check, each with its own login, end in a right copy', async () => {
  await beatUntil(20);
  await run('baseline', { at: minutes(12) });
  expect([...s3.objects.keys()]).toEqual(['evidence/restore-tests/baselines/2026-11-01T00:12:00.000Z.json']);
  expect(await check()).toEqual({ isRight: true, measuredRecoveryPointSeconds: 600, findings: [] });
});

test('the newest baseline of before the recovery point is taken, however many there are', async () => {
  await beatUntil(20);
  for (const minute of [1, 2, 3, 4, 12]) {
    await run('baseline', { at: minutes(minute) });
  }
  await rds.query(`SET ROLE shop_migrations; INSERT INTO customer SELECT n FROM generate_series(11, 30) n`);
  await run('baseline', { at: minutes(23) });
  await rds.query('SET ROLE shop_migrations; DELETE FROM customer WHERE id > 9');
  const { findings } = await check();
  expect(findings).toEqual([
    { kind: 'RowsMissing', subject: 'public.customer', detail: '9 rows, at least 10 expected' },
  ]);
});

test('a baseline is never written over', async () => {
  await run('baseline', { at: minutes(12) });
  const before = new Map(s3.objects);
  await rds.query('SET ROLE shop_migrations; TRUNCATE customer');
  await run('baseline', { at: minutes(12) });
  expect(s3.objects).toEqual(before);
});

test('without a baseline of the last month nothing is right', async () => {
  await beatUntil(20);
  await run('baseline', { at: new Date(START - 32 * 24 * 3_600_000) });
  expect((await check()).findings).toEqual([found('BaselineMissing', 'baseline')]);
});

test('removals are read from the bucket, and believed when they are signed', async () => {
  await beatUntil(20);
  await run('baseline', { at: minutes(12) });
  await rds.query('SET ROLE shop_migrations; DELETE FROM customer WHERE id = 3');
  const removals = [{ table: 'public.customer', at: minutes(15).toISOString(), rows: 1 }];
  const keep = (code: string): void => {
    const text = JSON.stringify(signRemovals(removals, messageCode(code)));
    s3.objects.set('evidence/restore-tests/removals/2026-11-01T00:16:00.000Z.json', Buffer.from(text));
  };
  keep(KEY);
  expect((await check()).findings).toEqual([]);
  keep('another');
  expect((await check()).findings).toEqual([
    found('RemovalsForged', 'removals/2026-11-01T00:16:00.000Z.json'),
    found('RowsMissing', 'public.customer'),
  ]);
});

test('removals are believed when a job signed them as the page on backups says', async () => {
  await beatUntil(20);
  await run('baseline', { at: minutes(12) });
  await rds.query('SET ROLE shop_migrations; DELETE FROM customer WHERE id < 4');
  const body = '[{"table":"public.customer","at":"2026-11-01T00:15:58.000Z","rows":3}]';
  const code = createHmac('sha256', KEY).update(`removals ${body}`).digest('hex');
  const name = 'evidence/restore-tests/removals/2026-11-01T00:16:00.000Z.json';
  s3.objects.set(name, Buffer.from(JSON.stringify({ body, code })));
  expect((await check()).findings).toEqual([]);
});

test('a baseline of another key is forged', async () => {
  await beatUntil(20);
  await run('baseline', { at: minutes(12), secret: secretsManager.create('another') });
  expect((await check()).findings).toEqual([found('BaselineForged', 'baseline')]);
});

test('what was signed before the key was rotated is still ours, and what was signed before that is not', async () => {
  const secret = secretsManager.create('first');
  const rotate = (): Promise<void> =>
    secretsManager.rotate(rotationHandler(generatedSecret, secretsManager.clients()), secret);
  for (const minute of [0, 5, 10, 15, 20]) {
    await run('beat', { secret, at: minutes(minute) });
  }
  await run('baseline', { secret, at: minutes(12) });
  await rotate();
  expect((await check({ secret })).findings).toEqual([]);
  await rotate();
  expect((await check({ secret })).findings).toContainEqual(found('BaselineForged', 'baseline'));
});

test('with an empty key nothing is signed', async () => {
  await expect(run('beat', { secret: secretsManager.create('') })).rejects.toThrow('SigningSecretEmpty');
});

test('a bucket that never answers ends in a failed check before the function is cut off', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new S3Client({ endpoint, region: 'eu-central-1', credentials, forcePathStyle: true, maxAttempts: 1 });
  const { findings } = await check({ clients: { s3: client }, left: 15_300 });
  sockets.forEach((socket) => socket.destroy());
  silent.close();
  const detail = 'not done after 300 milliseconds';
  expect(findings).toEqual([{ kind: 'TimedOut', subject: 'evidence', detail }]);
});

test('an answer names so many findings as a state machine carries', async () => {
  await run('baseline', { at: minutes(12) });
  await run('beat', { at: minutes(0) });
  await rds.query(
    `INSERT INTO cdk_commerce_baseline.heartbeat SELECT n, '2026-11-01', 'forged' FROM generate_series(2, 201) n`,
  );
  const { isRight, findings } = await check();
  expect([isRight, findings.length]).toEqual([false, 100]);
});

describe('the logins', () => {
  const as = (user: string) => (statement: string) => rds.query(statement, { user, password: 'token' });
  const HEARTBEAT = 'cdk_commerce_baseline.heartbeat';

  test('of heartbeats adds to one table, and does nothing else', async () => {
    await run('beat');
    const statements = [
      `UPDATE ${HEARTBEAT} SET code = ''`,
      `DELETE FROM ${HEARTBEAT}`,
      `TRUNCATE ${HEARTBEAT}`,
      'SELECT * FROM public.orders',
      'CREATE TABLE cdk_commerce_baseline.more (id int)',
    ];
    for (const statement of statements) {
      await expect(as('heartbeat_writer')(statement)).rejects.toThrow('permission denied');
    }
  });

  test('of the check reads the shop and the heartbeats, and writes neither', async () => {
    await as('restore_validator')(`SELECT * FROM orders, ${HEARTBEAT}`);
    const statements = [
      `INSERT INTO ${HEARTBEAT} VALUES (1, '', '')`,
      'DELETE FROM orders',
      'CREATE TABLE more (id int)',
    ];
    for (const statement of statements) {
      await expect(as('restore_validator')(statement)).rejects.toThrow('permission denied');
    }
  });

  test('can be declared again, and keep the heartbeats', async () => {
    await run('beat');
    await rds.databaseServer.asMaster((master) => master.declare(LOGINS));
    expect(await run('beat', { at: minutes(5) })).toEqual({ sequence: 2 });
  });

  test('that nobody declares leave nothing behind in a database', async () => {
    await rds.reset();
    await rds.databaseServer.asMaster((master) => master.declare(LOGINS.slice(0, 1)));
    expect(await rds.query(`SELECT to_regnamespace('cdk_commerce_baseline') AS own`)).toEqual([{ own: null }]);
  });
});
