import { spawnSync } from 'node:child_process';
import { dataTask } from '../../lib/data/handlers/moving/data-task';
import { mysqlTarget, postgresqlTarget } from '../../lib/data/handlers/moving/load-targets';
import { mysqlSession } from '../../lib/data/handlers/moving/mysql-session';
import { postgresqlSession, type SessionLogin } from '../../lib/data/handlers/moving/postgresql-session';
import { type SqlSession } from '../../lib/data/handlers/moving/sql-session';
import { mysqlServer } from '../../lib/data/handlers/mysql-server';
import { BUCKET, declareLoader, timeFor, type Answer } from '../support/data-move';
import { postgresqlShop } from '../support/generated-shop';
import { MariadbServer, MASTER } from '../support/mariadb';
import { fillMysqlShop } from '../support/mysql-shop';
import { RdsPostgresql } from '../support/rds-postgresql';
import { S3Endpoint } from '../support/s3';

const DUMP = 'dumps/shop.sql';

const s3 = new S3Endpoint();
beforeAll(() => s3.start());
afterAll(() => s3.stop());
beforeEach(() => s3.objects.clear());

/** The connection is lost: what was sent may have arrived or not. */
class Lost extends Error {}

/** Loses the connection of a session at its `n`-th statement: before the server has it, or after it was done. */
function losing<Session extends SqlSession>(session: Session, n: number, isDone: boolean): Session {
  let left = n;
  const lose = async (): Promise<never> => {
    await session.end();
    throw new Lost('the connection is lost');
  };
  const once = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    left -= 1;
    if (left === 0 && !isDone) {
      return lose();
    }
    const result = await work();
    return left === 0 ? lose() : result;
  };
  const lossy: SqlSession = {
    ...session,
    run: (statement) => once(() => session.run(statement)),
    // The commit counts as one: what is lost is the answer to it.
    atomically: async (work) => {
      await session.atomically(work);
      left -= 1;
      if (left === 0) {
        await lose();
      }
    },
  };
  return 'copy' in session
    ? ({
        ...lossy,
        copy: (statement: string, data: Buffer) =>
          once(() => (session as unknown as { copy: (...given: unknown[]) => Promise<void> }).copy(statement, data)),
      } as unknown as Session)
    : (lossy as Session);
}

type Mover = (n: number, isDone: boolean) => ReturnType<typeof dataTask>;

/** Loads a dump while the connection is lost again and again, and compares. */
async function loadThroughLosses(mover: Mover): Promise<{ losses: number; answer: Answer }> {
  let losses = 0;
  for (let attempt = 0; attempt < 400; attempt++) {
    // Opening a load takes some statements; behind them, each in turn.
    const n = attempt < 8 ? attempt + 1 : 5 + (attempt % 7);
    const isDone = Math.floor(attempt / 7) % 2 === 1;
    try {
      const answer = await mover(n, isDone)({ action: 'load', dump: DUMP, execution: 'move' }, timeFor(Infinity));
      if ((answer as Answer).done === true) {
        break;
      }
    } catch (error) {
      // The server still holds the lock of a session that was lost a moment ago: the state machine asks again then.
      if (!(error instanceof Lost) && (error as Error).name !== 'Busy') {
        throw error;
      }
      losses += 1;
    }
  }
  const move = mover(0, false);
  expect(await move({ action: 'load', dump: DUMP, execution: 'move' }, timeFor(Infinity))).toMatchObject({
    done: true,
  });
  await move({ action: 'measure', execution: 'move' }, timeFor(Infinity));
  return { losses, answer: await move({ action: 'compare', execution: 'move' }, timeFor(1)) };
}

test('PostgreSQL: a connection that is lost at any statement loses and doubles nothing', async () => {
  const rds = await RdsPostgresql.start();
  try {
    await rds.reset();
    const login = await declareLoader(rds);
    const blocks = [...Array(30).keys()].map(
      (block) => `COPY public."Order; DROP TABLE ""orders""" ("select", state) FROM stdin;\n${block}\t\\N\n\\.\n`,
    );
    s3.objects.set(`${BUCKET}/${DUMP}`, Buffer.from(postgresqlShop(40, { between: blocks.join('\n') })));
    const mover: Mover = (n, isDone) =>
      dataTask(
        {
          s3: s3.client(),
          session: async () => losing(await postgresqlSession(login, { ca: rds.server.certificate }), n, isDone),
          target: postgresqlTarget,
        },
        { BUCKET },
      );
    const { losses, answer } = await loadThroughLosses(mover);
    expect(losses).toBeGreaterThanOrEqual(15);
    expect(answer).toMatchObject({ equal: true, tables: 2 });
    expect(await rds.query('SELECT count(*)::int AS orders FROM orders')).toEqual([{ orders: 40 }]);
  } finally {
    await rds.stop();
  }
}, 300_000);

test('MySQL, whose statements commit by themselves: the same', async () => {
  const mariadb = await MariadbServer.start();
  try {
    const { host, port, certificate, master } = mariadb;
    await fillMysqlShop(mariadb, 'former_shop', 40);
    const dumped = spawnSync(
      'mariadb-dump',
      [
        '--host=127.0.0.1',
        `--port=${port}`,
        `--user=${MASTER.username}`,
        '--ssl',
        '--skip-extended-insert',
        'former_shop',
      ],
      { env: { ...process.env, MYSQL_PWD: MASTER.password } },
    );
    s3.objects.set(`${BUCKET}/${DUMP}`, dumped.stdout);
    await mariadb.query('CREATE DATABASE my_shop');
    const login: SessionLogin = { host, port, database: 'my_shop', username: 'data_load', password: 'for-this-test' };
    const target = { host, readerHost: host, port, database: 'my_shop' };
    await mysqlServer(target, master, { ca: certificate.certificate }).asMaster(async (session) => {
      await session.declare([{ name: login.username, privileges: 'migrations', iam: false }]);
      await session.setPassword(login);
    });
    const mover: Mover = (n, isDone) =>
      dataTask(
        {
          s3: s3.client(),
          session: async () => losing(await mysqlSession(login, { ca: certificate.certificate }), n, isDone),
          target: mysqlTarget,
        },
        { BUCKET },
      );
    const { losses, answer } = await loadThroughLosses(mover);
    expect(losses).toBeGreaterThanOrEqual(15);
    expect(answer).toMatchObject({ equal: true, tables: 5 });
    expect(await mariadb.query('SELECT count(*) AS orders FROM my_shop.orders')).toEqual([{ orders: 40 }]);
  } finally {
    await mariadb.stop();
  }
}, 300_000);
