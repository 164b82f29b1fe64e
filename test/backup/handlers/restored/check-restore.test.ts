import { createServer, type AddressInfo, type Socket } from 'node:net';
import { takeBaseline } from '../../../../lib/backup/handlers/restored/baseline';
import {
  checkRestore,
  type RestoreCheck,
  type RestoreReport,
} from '../../../../lib/backup/handlers/restored/check-restore';
import type { Expectation } from '../../../../lib/backup/handlers/restored/expectation';
import { writeHeartbeat } from '../../../../lib/backup/handlers/restored/heartbeat';
import { codeAbout, messageCode, type SignedText } from '../../../../lib/backup/handlers/restored/message-code';
import { signRemovals, type Removal } from '../../../../lib/backup/handlers/restored/removals';
import { HEARTBEAT_TABLE } from '../../../../lib/data/handlers/heartbeat-table';
import { postgresqlSession } from '../../../../lib/data/handlers/moving/postgresql-session';
import type { SqlSession } from '../../../../lib/data/handlers/moving/sql-session';
import { PostgresqlServer } from '../../../support/postgresql';

const CODE = messageCode('a-key-for-this-test');
const VALIDATOR = { username: 'restore_validator', password: 'token-of-the-validator' };
const START = Date.parse('2026-11-01T00:00:00Z');
const minutes = (count: number): Date => new Date(START + count * 60_000);
const TAKEN = minutes(12);
const RECOVERY_POINT = minutes(22);
const EXPECTATION: Expectation = {
  tables: [
    { schema: 'public', name: 'orders', atLeast: 50, immutable: { column: 'completed_at', days: 30 } },
    { schema: 'public', name: 'customer' },
  ],
  cluster: 'acme-production-1a2b3c4d',
  heartbeatSeconds: 300,
  recoveryPointSeconds: 900,
  masterUser: 'clusteradmin',
};

const BEATS = codeAbout(EXPECTATION.cluster, CODE);

let server: PostgresqlServer;
let baseline: SignedText;
beforeAll(async () => {
  server = await PostgresqlServer.start();
  await server.query('CREATE DATABASE shop');
  await shop(
    `CREATE TABLE orders (id int PRIMARY KEY, total numeric, completed_at timestamptz);
     INSERT INTO orders SELECT n, n * 1.5, '2026-09-01'::timestamptz + n * interval '1 hour' FROM generate_series(1, 80) n;
     INSERT INTO orders SELECT n, n, '2026-10-30' FROM generate_series(81, 100) n;
     CREATE TABLE customer (id int PRIMARY KEY, email text);
     INSERT INTO customer SELECT n, n || '@example.com' FROM generate_series(1, 40) n;
     ${HEARTBEAT_TABLE.join(';')};
     CREATE ROLE clusteradmin LOGIN CREATEDB CREATEROLE;
     CREATE ROLE heartbeat_writer LOGIN PASSWORD '${VALIDATOR.password}';
     CREATE ROLE ${VALIDATOR.username} LOGIN PASSWORD '${VALIDATOR.password}';
     GRANT USAGE ON SCHEMA cdk_commerce_baseline TO heartbeat_writer, ${VALIDATOR.username};
     GRANT SELECT, INSERT ON cdk_commerce_baseline.heartbeat TO heartbeat_writer;
     GRANT SELECT ON ALL TABLES IN SCHEMA public, cdk_commerce_baseline TO ${VALIDATOR.username}`,
  );
  const writer = await login('shop', 'heartbeat_writer');
  for (let beat = 0; beat <= 4; beat++) {
    await writeHeartbeat(writer, BEATS, minutes(beat * 5));
  }
  await writer.end();
  const session = await login('shop');
  ({ signed: baseline } = await takeBaseline(session, EXPECTATION.tables, CODE, () => TAKEN));
  await session.end();
}, 60_000);
afterAll(() => server.stop());

/** Every test has a copy of its own. */
beforeEach(async () => {
  await server.query('DROP DATABASE IF EXISTS copy WITH (FORCE)');
  await server.query('CREATE DATABASE copy TEMPLATE shop');
  await server.query(`ALTER DATABASE copy SET "rds.force_ssl" = '1'`);
});

const shop = (statement: string): Promise<unknown> => server.query(statement, { database: 'shop' });
const copy = (statement: string): Promise<unknown> => server.query(statement, { database: 'copy' });

function login(database: string, username = VALIDATOR.username): Promise<SqlSession> {
  const { host, port, certificate: ca } = server;
  return postgresqlSession({ host, port, database, ...VALIDATOR, username }, { ca });
}

interface Changes extends Partial<RestoreCheck> {
  readonly baseline?: SignedText;
  readonly removals?: readonly Removal[];
}

function check(changes: Changes = {}): Promise<RestoreReport> {
  const removals = [['removals/a.json', signRemovals(changes.removals ?? [], CODE)] as const];
  return checkRestore({
    connect: () => login('copy'),
    expectation: EXPECTATION,
    evidence: () => Promise.resolve({ code: CODE, baseline: changes.baseline ?? baseline, removals }),
    recoveryPoint: RECOVERY_POINT,
    startedAt: minutes(30),
    patience: { pauseMilliseconds: 20, mostMilliseconds: 100 },
    deadlineMilliseconds: 20_000,
    ...changes,
  });
}

const found = (kind: string, subject: string): unknown => expect.objectContaining({ kind, subject });
const HEARTBEAT = 'cdk_commerce_baseline.heartbeat';

describe('a good copy', () => {
  test('is right, and its newest heartbeat is the measured recovery point', async () => {
    expect(await check()).toEqual({ isRight: true, measuredRecoveryPointSeconds: 600, findings: [] });
  });

  test('of a shop that sold since is right, and so is one whose tables got a column', async () => {
    await copy(`INSERT INTO orders VALUES (101, 1, '2026-11-01'); ALTER TABLE orders ADD note text`);
    expect((await check()).findings).toEqual([]);
  });
});

describe('a copy of a database that was itself restored', () => {
  const recovered = async (): Promise<RestoreReport> => {
    // Hours after the moment that it was brought back to; its own first heartbeat is the sixth.
    const writer = await login('copy', 'heartbeat_writer');
    const itself = { ...EXPECTATION, cluster: `${EXPECTATION.cluster}-g2` };
    for (const beat of [600, 605, 610]) {
      await writeHeartbeat(writer, codeAbout(itself.cluster, CODE), minutes(beat));
    }
    await writer.end();
    return check({ expectation: itself, recoveryPoint: minutes(612), startedAt: minutes(615) });
  };

  test('is right: heartbeats of the one before say nothing of it, nor does the time between', async () => {
    expect(await recovered()).toEqual({ isRight: true, measuredRecoveryPointSeconds: 300, findings: [] });
  });

  test('is not when it has none of its own', async () => {
    const itself = { ...EXPECTATION, cluster: 'another' };
    expect((await check({ expectation: itself })).findings).toEqual([found('HeartbeatMissing', HEARTBEAT)]);
  });
});

describe('a table that its own program tidies up', () => {
  const tidied = (more: object): Promise<RestoreReport> =>
    check({ expectation: { ...EXPECTATION, tables: [{ schema: 'public', name: 'customer', ...more }] } });

  test.each([
    [20, 0.5, []],
    [19, 0.5, [found('RowsMissing', 'public.customer')]],
    [0, 0.5, [found('RowsMissing', 'public.customer')]],
    [0, 1, []],
  ])('may have %d of 40 rows left where it may lose %d of them, or not', async (left, mayShrink, findings) => {
    await copy(`DELETE FROM customer WHERE id > ${left}`);
    expect((await tidied({ mayShrink })).findings).toEqual(findings);
  });

  test('has what the merchant says there has to be, all the same', async () => {
    await copy('DELETE FROM customer WHERE id > 20');
    expect((await tidied({ mayShrink: 1, atLeast: 21 })).findings).toEqual([found('RowsMissing', 'public.customer')]);
  });
});

describe('what is wrong with a copy is named', () => {
  test.each([
    ['a missing table', 'DROP TABLE customer', 'TableMissing', 'public.customer'],
    ['a truncated table', 'TRUNCATE customer', 'RowsMissing', 'public.customer'],
    ['one row too few', 'DELETE FROM customer WHERE id = 7', 'RowsMissing', 'public.customer'],
    ['a changed closed order', 'UPDATE orders SET total = 0 WHERE id = 5', 'RowsChanged', 'public.orders'],
    ['a missing column', 'ALTER TABLE orders DROP total', 'ColumnMissing', 'public.orders'],
    ['no heartbeat table', `DROP TABLE ${HEARTBEAT}`, 'HeartbeatMissing', HEARTBEAT],
    ['no heartbeat', `TRUNCATE ${HEARTBEAT}`, 'HeartbeatMissing', HEARTBEAT],
    ['a gap of heartbeats', `DELETE FROM ${HEARTBEAT} WHERE sequence = 3`, 'HeartbeatGap', HEARTBEAT],
    [
      'a heartbeat that somebody else wrote',
      `INSERT INTO ${HEARTBEAT} VALUES (6, '2026-11-01T00:22:00.000Z', 'aa')`,
      'HeartbeatForged',
      HEARTBEAT,
    ],
    ['TLS that is not forced', `ALTER DATABASE copy SET "rds.force_ssl" = '0'`, 'TlsNotForced', 'rds.force_ssl'],
    ['TLS of which nothing is set', `ALTER DATABASE copy RESET "rds.force_ssl"`, 'TlsNotForced', 'rds.force_ssl'],
  ])('%s', async (_, damage, kind, subject) => {
    await copy(damage);
    const report = await check();
    expect(report.isRight).toBe(false);
    expect(report.findings).toEqual([found(kind, subject)]);
  });

  test('a stopped heartbeat, by the silence and by what would be lost', async () => {
    await copy(`DELETE FROM ${HEARTBEAT} WHERE sequence > 2`);
    const { findings } = await check();
    expect(findings).toEqual([found('HeartbeatStopped', HEARTBEAT), found('RecoveryPointExceeded', 'heartbeat')]);
  });

  test('an open order that changed is none', async () => {
    await copy('UPDATE orders SET total = 0 WHERE id = 90');
    expect((await check()).isRight).toBe(true);
  });

  test('fewer rows than the merchant says there have to be', async () => {
    const tables = [{ schema: 'public', name: 'customer', atLeast: 41 }];
    const { findings } = await check({ expectation: { ...EXPECTATION, tables } });
    expect(findings).toEqual([found('RowsMissing', 'public.customer')]);
  });

  test('a recovery point that is older than declared', async () => {
    const { findings } = await check({ expectation: { ...EXPECTATION, recoveryPointSeconds: 599 } });
    expect(findings).toEqual([found('RecoveryPointExceeded', 'heartbeat')]);
  });
});

describe('a role with powers is named', () => {
  afterEach(() => server.query('DROP ROLE IF EXISTS intruder; DROP ROLE IF EXISTS powerful'));

  test.each(['SUPERUSER', 'CREATEROLE', 'CREATEDB', 'REPLICATION', 'BYPASSRLS'])('by %s', async (power) => {
    await server.query(`CREATE ROLE intruder LOGIN ${power}`);
    expect((await check()).findings).toEqual([found('PowerfulRole', 'intruder')]);
  });

  test('by being a member of one that has them', async () => {
    await server.query('CREATE ROLE powerful CREATEROLE; CREATE ROLE intruder LOGIN IN ROLE powerful');
    const { findings } = await check();
    expect(findings).toEqual([found('PowerfulRole', 'intruder'), found('PowerfulRole', 'powerful')]);
  });
});

describe('rows that were removed on purpose', () => {
  const removal = { table: 'public.customer', at: minutes(15).toISOString(), rows: 1 };

  test('are not missed', async () => {
    await copy('DELETE FROM customer WHERE id = 7');
    expect((await check({ removals: [removal] })).findings).toEqual([]);
  });

  test.each([
    ['before the baseline, which does not have them', minutes(11)],
    ['after the recovery point, so that the copy has them', minutes(23)],
  ])('do not count when it was %s', async (_, at) => {
    await copy('DELETE FROM customer WHERE id = 7');
    const { findings } = await check({ removals: [{ ...removal, at: at.toISOString() }] });
    expect(findings).toEqual([found('RowsMissing', 'public.customer')]);
  });

  test('are subtracted from the checksum, and any other row is not', async () => {
    const sumOf = async (ids: string): Promise<{ rows: number; sum: string }> => {
      await shop(`CREATE TABLE gone AS SELECT * FROM orders WHERE id IN (${ids}); GRANT SELECT ON gone TO PUBLIC`);
      const session = await login('shop');
      const tables = [{ schema: 'public', name: 'gone', immutable: { column: 'completed_at', days: 30 } }];
      const { signed } = await takeBaseline(session, tables, CODE, () => TAKEN);
      await session.end();
      await shop('DROP TABLE gone');
      return (JSON.parse(signed.body) as { tables: Record<string, { frozen: { rows: number; sum: string } }> }).tables[
        'public.gone'
      ].frozen;
    };
    const of = (frozen: { rows: number; sum: string }): Removal[] => [
      { table: 'public.orders', at: removal.at, rows: 2, frozen },
    ];
    const right = await sumOf('3, 4');
    const wrong = await sumOf('5, 6');
    await copy('DELETE FROM orders WHERE id IN (3, 4)');
    expect((await check({ removals: of(right) })).findings).toEqual([]);
    expect((await check({ removals: of(wrong) })).findings).toEqual([found('RowsChanged', 'public.orders')]);
  });
});

test('removals that nobody signed excuse nothing', async () => {
  const removals = [{ table: 'public.customer', at: minutes(15).toISOString(), rows: 1 }];
  const forged = signRemovals(removals, messageCode('another-key'));
  const evidence = { code: CODE, baseline, removals: [['removals/forged.json', forged] as const] };
  await copy('DELETE FROM customer WHERE id = 7');
  const { findings } = await check({ evidence: () => Promise.resolve(evidence) });
  expect(findings).toEqual([found('RemovalsForged', 'removals/forged.json'), found('RowsMissing', 'public.customer')]);
});

test('a partitioned table is one table, and its rows are counted and compared', async () => {
  await shop(
    `CREATE TABLE ledger (id int, at timestamptz) PARTITION BY RANGE (at);
     CREATE TABLE ledger_september PARTITION OF ledger FOR VALUES FROM ('2026-09-01') TO ('2026-10-01');
     INSERT INTO ledger SELECT n, '2026-09-02' FROM generate_series(1, 10) n; GRANT SELECT ON ledger TO PUBLIC`,
  );
  const tables = [{ schema: 'public', name: 'ledger', immutable: { column: 'at', days: 30 } }];
  const session = await login('shop');
  const { signed } = await takeBaseline(session, tables, CODE, () => TAKEN);
  await session.end();
  await server.query('DROP DATABASE copy WITH (FORCE)');
  await server.query('CREATE DATABASE copy TEMPLATE shop');
  await server.query(`ALTER DATABASE copy SET "rds.force_ssl" = '1'`);
  await shop('DROP TABLE ledger');
  const ask = (): Promise<RestoreReport> => check({ baseline: signed, expectation: { ...EXPECTATION, tables } });
  expect((await ask()).findings).toEqual([]);
  await copy('UPDATE ledger_september SET id = 0 WHERE id = 3');
  expect((await ask()).findings).toEqual([found('RowsChanged', 'public.ledger')]);
});

test('a table that a shop may lack is passed over when the live shop lacked it, and missed when it had it', async () => {
  const tables = [
    { schema: 'public', name: 'customer', optional: true },
    { schema: 'public', name: 'wishlist', optional: true },
  ];
  const ask = (): Promise<RestoreReport> => check({ expectation: { ...EXPECTATION, tables } });
  expect((await ask()).findings).toEqual([]);
  await copy('DROP TABLE customer');
  expect((await ask()).findings).toEqual([found('TableMissing', 'public.customer')]);
});

describe('a baseline', () => {
  test('that is not there is a finding', async () => {
    const { findings } = await check({ evidence: () => Promise.resolve({ code: CODE, removals: [] }) });
    expect(findings).toEqual([found('BaselineMissing', 'baseline')]);
  });

  test('that cannot be read is a broken check', async () => {
    const evidence = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    const { findings } = await check({ evidence });
    expect(findings).toEqual([{ kind: 'CheckBroken', subject: 'evidence', detail: 'AccessDenied' }]);
  });

  test('that somebody changed is not believed', async () => {
    const forged = { ...baseline, body: baseline.body.replace('"rows":40', '"rows":0') };
    expect(forged.body).not.toBe(baseline.body);
    expect((await check({ baseline: forged })).findings).toEqual([found('BaselineForged', 'baseline')]);
  });

  test('of after the recovery point proves nothing', async () => {
    const { findings } = await check({ recoveryPoint: minutes(11) });
    expect(findings).toEqual([found('BaselineTooYoung', 'baseline')]);
  });

  test('without a declared table is incomplete', async () => {
    await copy('CREATE TABLE later (id int); GRANT SELECT ON later TO PUBLIC');
    const tables = [{ schema: 'public', name: 'later' }];
    const { findings } = await check({ expectation: { ...EXPECTATION, tables } });
    expect(findings).toEqual([found('BaselineIncomplete', 'public.later')]);
  });
});

describe('a connection', () => {
  test('that is refused is a failed check', async () => {
    const { findings } = await check({ connect: () => login('nowhere') });
    expect(findings).toEqual([{ kind: 'ConnectionFailed', subject: 'connect', detail: '3D000' }]);
  });

  test('that is refused at first is tried again', async () => {
    const names = ['nowhere', 'nowhere', 'copy'];
    const connect = (): Promise<SqlSession> => login(names.shift() ?? 'copy');
    const { isRight } = await check({ connect, patience: { pauseMilliseconds: 20, mostMilliseconds: 10_000 } });
    expect([isRight, names]).toEqual([true, []]);
  });

  test('that never comes is one in time', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const connect = (): Promise<SqlSession> =>
      postgresqlSession({ host: '127.0.0.1', port, database: 'copy', ...VALIDATOR });
    const { isRight, findings } = await check({ connect, deadlineMilliseconds: 300 });
    sockets.forEach((socket) => socket.destroy());
    silent.close();
    expect({ isRight, findings }).toEqual({ isRight: false, findings: [found('TimedOut', 'connect')] });
  });

  test('that hangs midway is one in time', async () => {
    const holder = server.query('BEGIN; LOCK TABLE customer; SELECT pg_sleep(2)', { database: 'copy' });
    await until(`SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND locktype = 'relation'`);
    expect((await check({ deadlineMilliseconds: 1000 })).findings).toEqual([found('TimedOut', 'tables')]);
    await holder;
  });

  test('that dies midway is one', async () => {
    const holder = server.query('BEGIN; LOCK TABLE customer; SELECT pg_sleep(2)', { database: 'copy' });
    await until(`SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND locktype = 'relation'`);
    const checked = check();
    await until(`SELECT FROM pg_stat_activity WHERE usename = '${VALIDATOR.username}' AND wait_event_type = 'Lock'`);
    await copy(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${VALIDATOR.username}'`);
    expect((await checked).findings).toEqual([{ kind: 'CheckBroken', subject: 'tables', detail: '57P01' }]);
    await holder;
  });

  async function until(query: string): Promise<void> {
    while ((await server.query(query, { database: 'copy' })).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

describe('the writer of heartbeats', () => {
  test('can neither change nor remove one, nor read the shop', async () => {
    const writer = await login('copy', 'heartbeat_writer');
    const statements = [`UPDATE ${HEARTBEAT} SET code = ''`, `DELETE FROM ${HEARTBEAT}`, 'SELECT * FROM public.orders'];
    for (const statement of statements) {
      await expect(writer.run(statement)).rejects.toThrow('permission denied');
    }
    await writer.end();
  });
});
