import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { mysqlServer } from '../../lib/data/handlers/mysql-server';
import { type SessionLogin } from '../../lib/data/handlers/moving/postgresql-session';
import { BUCKET, declareLoader, type Answer } from '../support/data-move';
import { MoveProcess, type MoveRequest } from '../support/data-move-process';
import { postgresqlShop } from '../support/generated-shop';
import { MariadbServer, MASTER } from '../support/mariadb';
import { fillMysqlShop } from '../support/mysql-shop';
import { PostgresqlServer } from '../support/postgresql';
import { RdsPostgresql } from '../support/rds-postgresql';
import { S3Endpoint } from '../support/s3';

/** A shop after some years. */
const ORDERS = 100_000;

const DUMP = 'dumps/shop.sql';
const MINUTES = 60_000;

const s3 = new S3Endpoint();
beforeAll(() => s3.start());
afterAll(() => s3.stop());
beforeEach(() => s3.objects.clear());

/** Takes what a client writes as the dump of the shop. */
function dumpWith(command: string, args: readonly string[], environment: Record<string, string>): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    env: { ...process.env, ...environment },
    maxBuffer: 1024 ** 3,
  });
  if (status !== 0) {
    throw new Error(`${command} failed: ${stderr.toString()}`);
  }
  s3.objects.set(`${BUCKET}/${DUMP}`, stdout);
}

interface Rehearsal {
  readonly request: Omit<MoveRequest, 'event' | 's3' | 'bucket'>;
  /** Rows that are there; 0 while there is no table. */
  readonly loaded: () => Promise<number>;
}

const step = (request: Rehearsal['request'], event: object): MoveProcess =>
  new MoveProcess({ ...request, s3: s3.url, bucket: BUCKET, event: { execution: 'move', ...event } });

/** Loads the dump, killed at each of these numbers of orders, and says how many were there after each kill. */
async function loadKilledAt({ request, loaded }: Rehearsal, marks: readonly number[]): Promise<number[]> {
  const there: number[] = [];
  for (const mark of marks) {
    const running = step(request, { action: 'load', dump: DUMP });
    let hasEnded = false;
    const ended = running.end().finally(() => (hasEnded = true));
    while (!hasEnded && (await loaded()) < mark) {
      await setTimeout(5);
    }
    running.kill();
    expect(await ended).toBeUndefined();
    there.push(await loaded());
  }
  return there;
}

async function finish({ request }: Rehearsal): Promise<Answer> {
  expect(await step(request, { action: 'load', dump: DUMP }).end()).toMatchObject({ done: true });
  expect(await step(request, { action: 'measure' }).end()).toMatchObject({ done: true });
  return (await step(request, { action: 'compare' }).end()) as Answer;
}

const again = async ({ request }: Rehearsal): Promise<unknown> => {
  s3.objects.delete(`${BUCKET}/reports/move/after.json`);
  await step(request, { action: 'measure' }).end();
  await step(request, { action: 'compare' }).end();
  return s3.json<{ differences: unknown }>(`${BUCKET}/reports/move/comparison.json`).differences;
};

test(
  'a PostgreSQL shop of 100,000 orders moves from one server to the next, and survives being killed',
  async () => {
    const [version] = readdirSync('/usr/lib/postgresql').sort().reverse();
    const binaries = `/usr/lib/postgresql/${version}`;
    const [former, rds] = await Promise.all([PostgresqlServer.start(binaries), RdsPostgresql.start()]);
    try {
      const connection = {
        PGHOST: '127.0.0.1',
        PGPORT: String(former.port),
        PGUSER: 'rdsadmin',
        PGPASSWORD: former.password,
        PGSSLMODE: 'require',
      };
      await former.query('CREATE ROLE shop; CREATE ROLE wordpress');
      await former.query('CREATE DATABASE shop');
      await former.query(`ALTER DATABASE shop SET TimeZone = 'Asia/Manila'`);
      const filled = spawnSync(`${binaries}/bin/psql`, ['--quiet', '--set=ON_ERROR_STOP=1', 'shop'], {
        input: postgresqlShop(ORDERS),
        env: { ...process.env, ...connection },
      });
      expect(filled.stderr.toString()).toBe('');
      dumpWith(`${binaries}/bin/pg_dump`, ['--format=plain', 'shop'], connection);
      await rds.reset();
      const login = await declareLoader(rds);
      const rehearsal: Rehearsal = {
        request: { engine: 'postgresql', login, ca: rds.server.certificate },
        loaded: () =>
          rds.query<{ orders: number }>('SELECT count(*)::int AS orders FROM orders').then(
            ([row]) => row?.orders ?? 0,
            () => 0,
          ),
      };
      const there = await loadKilledAt(rehearsal, [1, ORDERS / 3, ORDERS / 2]);
      expect(there).toEqual([...there].sort((one, other) => one - other));
      expect(there.at(-1)).toBeLessThan(ORDERS);
      expect(await finish(rehearsal)).toMatchObject({ equal: true, tables: 2 });
      const sum =
        'SELECT count(*)::text AS orders, sum(total)::text AS total, sum(extract(epoch FROM placed_at))::text AS placed FROM orders';
      expect(await rds.query(sum)).toEqual(await former.query(sum, { database: 'shop' }));
      await rds.query('UPDATE orders SET total = total + 0.01 WHERE id = 77777');
      expect(await again(rehearsal)).toEqual([
        {
          table: 'public.orders',
          kind: 'values',
          rows: [ORDERS, ORDERS],
          ranges: ['id 77568 to 77823: 256 rows, then 256'],
        },
      ]);
    } finally {
      await Promise.all([former.stop(), rds.stop()]);
    }
  },
  10 * MINUTES,
);

test(
  'a MySQL shop of 100,000 orders moves from one database to the next, and survives being killed',
  async () => {
    const mariadb = await MariadbServer.start();
    try {
      const { host, port, certificate, master } = mariadb;
      await fillMysqlShop(mariadb, 'former_shop', ORDERS);
      dumpWith(
        'mariadb-dump',
        ['--host=127.0.0.1', `--port=${port}`, `--user=${MASTER.username}`, '--ssl', 'former_shop'],
        { MYSQL_PWD: MASTER.password },
      );
      await mariadb.query('CREATE DATABASE my_shop');
      const login: SessionLogin = { host, port, database: 'my_shop', username: 'data_load', password: 'for-this-test' };
      const target = { host, readerHost: host, port, database: 'my_shop' };
      await mysqlServer(target, master, { ca: certificate.certificate }).asMaster(async (session) => {
        await session.declare([{ name: login.username, privileges: 'migrations', iam: false }]);
        await session.setPassword(login);
      });
      const rehearsal: Rehearsal = {
        request: { engine: 'mysql', login, ca: certificate.certificate },
        loaded: () =>
          mariadb.query('SELECT count(*) AS orders FROM my_shop.orders').then(
            ([row]) => (row?.orders as number | undefined) ?? 0,
            () => 0,
          ),
      };
      const there = await loadKilledAt(rehearsal, [1, ORDERS / 3, ORDERS / 2]);
      expect(there.at(-1)).toBeLessThan(ORDERS);
      expect(await finish(rehearsal)).toMatchObject({ equal: true, tables: 5 });
      const sum = (database: string): string =>
        `SELECT count(*) AS orders, sum(total) AS total, sum(unix_timestamp(placed_at)) AS placed, sum(paid) AS paid,
                bit_xor(crc32(photo)) AS photos, bit_xor(crc32(concat(given, family, note))) AS texts FROM ${database}.orders`;
      expect(await mariadb.query(sum('my_shop'))).toEqual(await mariadb.query(sum('former_shop')));
      expect(
        await mariadb.query(`SELECT DISTINCT engine FROM information_schema.tables WHERE table_schema = 'my_shop'`),
      ).toEqual([{ engine: 'InnoDB' }]);
      await mariadb.query('DELETE FROM my_shop.orders WHERE id = 4097');
      expect(await again(rehearsal)).toEqual([
        {
          table: 'orders',
          kind: 'rows',
          rows: [ORDERS, ORDERS - 1],
          ranges: ['id 4096 to 4351: 256 rows, then 255'],
        },
      ]);
    } finally {
      await mariadb.stop();
    }
  },
  10 * MINUTES,
);
