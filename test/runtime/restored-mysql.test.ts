import type { RestoreReport } from '../../lib/backup/handlers/restored/check-restore';
import { restoredTask } from '../../lib/backup/handlers/restored/restored-task';
import type { DatabaseServer, DeclaredUser } from '../../lib/data/handlers/database-server';
import { mysqlSession } from '../../lib/data/handlers/moving/mysql-session';
import { mysqlServer } from '../../lib/data/handlers/mysql-server';
import { MariadbServer, MASTER } from '../support/mariadb';
import { S3Endpoint } from '../support/s3';
import { SecretsManagerEndpoint } from '../support/secrets-manager';

/**
 * A restored copy of a WooCommerce shop, with the logins as they are declared; passwords stand for tokens of IAM, which
 * MariaDB does not know. It has no `mysql.role_edges` either: the table that MySQL 8 has is made here.
 */
const START = Date.parse('2026-11-01T00:00:00Z');
const minutes = (count: number): Date => new Date(START + count * 60_000);
const PASSWORD = 'password-in-place-of-a-token';
const HEARTBEAT = 'cdk_commerce_baseline.heartbeat';
const EXPECTATION = {
  tables: [
    { schema: '', name: 'wp_wc_order_product_lookup', immutable: { column: 'date_created', days: 365 } },
    { schema: '', name: 'wp_users', atLeast: 1 },
    { schema: '', name: 'wp_wc_orders', optional: true },
  ],
  cluster: 'live',
  heartbeatSeconds: 300,
  recoveryPointSeconds: 900,
  masterUser: MASTER.username,
};
const LOGINS: readonly DeclaredUser[] = [
  { name: 'shop', privileges: 'readWrite', iam: false },
  { name: 'heartbeat_writer', privileges: 'heartbeats', iam: false },
  { name: 'restore_validator', privileges: 'validation', iam: false },
];

const s3 = new S3Endpoint();
const secretsManager = new SecretsManagerEndpoint();
let mariadb: MariadbServer;
let server: DatabaseServer;
let key: string;
beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  mariadb = await MariadbServer.start();
  await Promise.all([s3.start(), secretsManager.start()]);
  key = secretsManager.create('a-generated-key');
  const { host, port, master, certificate } = mariadb;
  server = mysqlServer({ host, readerHost: host, port, database: 'my_shop' }, master, { ca: certificate.certificate });
  // Whoever installs MariaDB gets more than whoever starts an Aurora cluster.
  const users = await mariadb.query(
    `SELECT User, Host FROM mysql.user WHERE User NOT IN ('clusteradmin', 'mariadb.sys')`,
  );
  for (const { User, Host } of users) {
    await mariadb.query(`DROP USER '${User as string}'@'${Host as string}'`);
  }
}, 120_000);
afterAll(() => Promise.all([mariadb.stop(), s3.stop(), secretsManager.stop()]));

beforeEach(async () => {
  s3.objects.clear();
  await mariadb.query(
    `SET GLOBAL require_secure_transport = ON; DROP TABLE IF EXISTS mysql.role_edges; DROP USER IF EXISTS intruder;
     ${LOGINS.map(({ name }) => `DROP USER IF EXISTS ${name}`).join('; ')};
     DROP DATABASE IF EXISTS cdk_commerce_baseline; DROP DATABASE IF EXISTS my_shop; CREATE DATABASE my_shop`,
  );
  await declare();
  await mariadb.query(
    `CREATE TABLE wp_users (ID bigint PRIMARY KEY, user_email varchar(100));
     INSERT INTO wp_users SELECT seq, CONCAT(seq, '@example.com') FROM seq_1_to_10;
     CREATE TABLE wp_wc_order_product_lookup (order_item_id bigint PRIMARY KEY, date_created datetime NOT NULL, net double);
     INSERT INTO wp_wc_order_product_lookup SELECT seq, '2025-06-01 10:00:00', seq * 1.5 FROM seq_1_to_20;
     INSERT INTO wp_wc_order_product_lookup SELECT seq, '2026-10-01 10:00:00', seq FROM seq_21_to_30`,
    { database: 'my_shop' },
  );
  for (const minute of [0, 5, 10, 15, 20]) {
    await run('beat', minutes(minute));
  }
  await run('baseline', minutes(12));
});

async function declare(): Promise<void> {
  await server.asMaster(async (master) => {
    await master.declare(LOGINS);
    for (const { name: username } of LOGINS) {
      await master.setPassword({ username, password: PASSWORD });
    }
  });
}

function run(VERB: string, at: Date, event?: object): Promise<object> {
  const { port, certificate } = mariadb;
  const environment = {
    VERB,
    EVIDENCE_BUCKET: 'evidence',
    EVIDENCE_PREFIX: '',
    SIGNING_SECRET_ARN: key,
    EXPECTATION: JSON.stringify(EXPECTATION),
    DATABASE_HOST: 'localhost',
    DATABASE_PORT: String(port),
    DATABASE_NAME: 'my_shop',
    DATABASE_USER: VERB === 'beat' ? 'heartbeat_writer' : 'restore_validator',
  };
  const clients = {
    s3: s3.client(),
    secrets: secretsManager.clients().secrets,
    connect: (login: Parameters<typeof mysqlSession>[0]) =>
      mysqlSession({ ...login, password: PASSWORD }, { ca: certificate.certificate }),
    heartbeatDatabase: 'cdk_commerce_baseline',
    clock: () => at,
  };
  return restoredTask(clients, environment)(event, { getRemainingTimeInMillis: () => 60_000 });
}

async function check(): Promise<RestoreReport> {
  const event = {
    restoreJobId: 'job-1',
    endpoint: 'localhost',
    port: mariadb.port,
    database: 'my_shop',
    recoveryPointAt: minutes(22).toISOString(),
    restoreStartedAt: minutes(30).toISOString(),
  };
  return (await run('check', minutes(30), event)) as RestoreReport;
}

const found = (kind: string, subject: string): unknown => expect.objectContaining({ kind, subject });

test('a good copy is right, and its newest heartbeat is the measured recovery point', async () => {
  expect(await check()).toEqual({ isRight: true, measuredRecoveryPointSeconds: 600, findings: [] });
});

test.each([
  ['a missing table', 'DROP TABLE wp_users', 'TableMissing', 'wp_users'],
  ['a truncated table', 'TRUNCATE wp_users', 'RowsMissing', 'wp_users'],
  [
    'a changed old order line',
    'UPDATE wp_wc_order_product_lookup SET net = 0 WHERE order_item_id = 5',
    'RowsChanged',
    'wp_wc_order_product_lookup',
  ],
  ['no heartbeat table', `DROP TABLE ${HEARTBEAT}`, 'HeartbeatMissing', HEARTBEAT],
  ['a gap of heartbeats', `DELETE FROM ${HEARTBEAT} WHERE sequence = 3`, 'HeartbeatGap', HEARTBEAT],
  [
    'a heartbeat that somebody else wrote',
    `INSERT INTO ${HEARTBEAT} VALUES (6, '2026-11-01T00:22:00.000Z', 'aa')`,
    'HeartbeatForged',
    HEARTBEAT,
  ],
  ['TLS that is not forced', 'SET GLOBAL require_secure_transport = OFF', 'TlsNotForced', 'require_secure_transport'],
  ['an account with powers', 'CREATE USER intruder; GRANT SUPER ON *.* TO intruder', 'PowerfulRole', 'intruder'],
  ['one that reads everything', 'CREATE USER intruder; GRANT SELECT ON *.* TO intruder', 'PowerfulRole', 'intruder'],
])('%s is named', async (_, damage, kind, subject) => {
  await mariadb.query(damage, { database: 'my_shop' });
  const { isRight, findings } = await check();
  expect(isRight).toBe(false);
  expect(findings).toEqual([found(kind, subject)]);
});

test('an account with the role of administrators is named, where the server keeps roles as MySQL does', async () => {
  await mariadb.query(
    `CREATE TABLE mysql.role_edges (FROM_USER varchar(32), TO_USER varchar(32));
     INSERT INTO mysql.role_edges VALUES ('rds_superuser_role', '${MASTER.username}'), ('rds_superuser_role', 'shop')`,
  );
  await declare();
  expect((await check()).findings).toEqual([found('PowerfulRole', 'shop')]);
});

test('an order line that may still change is none', async () => {
  await mariadb.query('UPDATE wp_wc_order_product_lookup SET net = 0 WHERE order_item_id = 25', {
    database: 'my_shop',
  });
  expect((await check()).isRight).toBe(true);
});

describe('the logins', () => {
  const as = (user: string, statement: string): Promise<unknown> =>
    mariadb.query(statement, { user, password: PASSWORD });

  test.each([
    ['heartbeat_writer', `UPDATE ${HEARTBEAT} SET code = ''`],
    ['heartbeat_writer', `DELETE FROM ${HEARTBEAT}`],
    ['heartbeat_writer', 'SELECT * FROM my_shop.wp_users'],
    ['restore_validator', `INSERT INTO ${HEARTBEAT} VALUES (9, '', '')`],
    ['restore_validator', 'DELETE FROM my_shop.wp_users'],
    ['restore_validator', 'SELECT authentication_string FROM mysql.user'],
  ])('%s cannot: %s', async (user, statement) => {
    await expect(as(user, statement)).rejects.toThrow('denied');
  });
});
