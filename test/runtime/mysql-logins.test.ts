import { databaseRotation } from '../../lib/data/handlers/database-rotation';
import { type DatabaseServer, type DatabaseTarget, type DeclaredUser } from '../../lib/data/handlers/database-server';
import { mysqlServer } from '../../lib/data/handlers/mysql-server';
import { rotationHandler } from '../../lib/data/handlers/rotation';
import { type Privileges } from '../../lib/data/login-name';
import { type BundledHandler, invokeBundle } from '../support/bundled-handler';
import { selfSignedCertificate } from '../support/certificate';
import { MariadbServer, MASTER } from '../support/mariadb';
import { SecretsManagerEndpoint, STEPS } from '../support/secrets-manager';

/**
 * MariaDB speaks MySQL's protocol and its SQL for users. What it lacks is not proven here: the plugin of Amazon RDS for
 * tokens of IAM, and `caching_sha2_password` (test/data/handlers/mysql-password.test.ts holds the hash against MySQL's).
 */
let mariadb: MariadbServer;
let server: DatabaseServer;
let target: DatabaseTarget;
beforeAll(async () => {
  mariadb = await MariadbServer.start();
  const { host, port, master, certificate } = mariadb;
  target = { host, readerHost: host, port, database: 'my_shop' };
  server = mysqlServer(target, master, { ca: certificate.certificate });
}, 120_000);
afterAll(() => mariadb.stop());

beforeEach(async () => {
  const users = await mariadb.query(`SELECT User FROM mysql.user WHERE User LIKE 'shop%' OR User = 'reports'`);
  for (const { User } of users) {
    await mariadb.query(`DROP USER '${User as string}'@'%'`);
  }
  await mariadb.query(
    'DROP DATABASE IF EXISTS cdk_commerce_baseline; DROP DATABASE IF EXISTS my_shop; CREATE DATABASE my_shop',
  );
});

const user = (name: string, privileges: Privileges): DeclaredUser => ({ name, privileges, iam: false });
const SHOP = user('shop', 'readWrite');
const REPORTS = user('reports', 'readOnly');
const MIGRATIONS = user('shop_schema', 'migrations');

const declare = (...users: readonly DeclaredUser[]): Promise<void> =>
  server.asMaster((master) => master.declare(users));

interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

async function passwordFor(name: string): Promise<Login> {
  const password = `password-of-${name}`;
  await server.asMaster((master) => master.setPassword({ username: name, password }));
  return { user: name, password, database: 'my_shop' };
}

async function logins(): Promise<{ shop: Login; reports: Login; migrations: Login }> {
  await declare(SHOP, REPORTS, MIGRATIONS);
  return {
    shop: await passwordFor('shop'),
    reports: await passwordFor('reports'),
    migrations: await passwordFor('shop_schema'),
  };
}

test('only the migrations login changes the shape of tables', async () => {
  const { shop, reports, migrations } = await logins();
  await mariadb.query('CREATE TABLE orders (id int); ALTER TABLE orders ADD total int', migrations);
  await mariadb.query('CREATE VIEW totals AS SELECT total FROM orders', migrations);
  for (const statement of ['CREATE TABLE other (id int)', 'ALTER TABLE orders ADD x int', 'DROP TABLE orders']) {
    await expect(mariadb.query(statement, shop)).rejects.toThrow('denied');
    await expect(mariadb.query(statement, reports)).rejects.toThrow('denied');
  }
});

test('the shop reads and writes; the read-only login reads', async () => {
  const { shop, reports, migrations } = await logins();
  await mariadb.query('CREATE TABLE orders (id int)', migrations);
  await mariadb.query('INSERT INTO orders VALUES (1); UPDATE orders SET id = 2', shop);
  expect(await mariadb.query('SELECT id FROM orders', reports)).toEqual([{ id: 2 }]);
  for (const statement of ['INSERT INTO orders VALUES (1)', 'UPDATE orders SET id = 3', 'DELETE FROM orders']) {
    await expect(mariadb.query(statement, reports)).rejects.toThrow('denied');
  }
});

test('a login sees no other database, not even one whose name the underscore would match', async () => {
  await mariadb.query('CREATE DATABASE myxshop; CREATE TABLE myxshop.orders (id int)');
  const { shop, migrations } = await logins();
  for (const login of [shop, migrations]) {
    await expect(mariadb.query('SELECT * FROM myxshop.orders', login)).rejects.toThrow('denied');
    await expect(mariadb.query('SELECT * FROM mysql.user', login)).rejects.toThrow('denied');
    await expect(mariadb.query('SELECT * FROM cdk_commerce_baseline.logins', login)).rejects.toThrow('denied');
  }
  await mariadb.query('DROP DATABASE myxshop');
});

test('a login that gets other privileges loses the ones before', async () => {
  const { shop, reports } = await logins();
  await mariadb.query('CREATE TABLE my_shop.orders (id int)');
  await declare(user('shop', 'readOnly'), user('reports', 'readWrite'), MIGRATIONS);
  await expect(mariadb.query('INSERT INTO orders VALUES (1)', shop)).rejects.toThrow('denied');
  await mariadb.query('INSERT INTO orders VALUES (1)', reports);
});

test('a second run changes nothing', async () => {
  await logins();
  const state = async (): Promise<unknown> => [
    await mariadb.query('SELECT * FROM mysql.global_priv ORDER BY User'),
    await mariadb.query('SELECT * FROM mysql.db ORDER BY User'),
  ];
  const withoutTimes = (value: unknown): string => JSON.stringify(value).replace(/password_last_changed\D+\d+/g, '');
  const before = await state();
  await declare(SHOP, REPORTS, MIGRATIONS);
  expect(withoutTimes(await state())).toBe(withoutTimes(before));
});

test('a run that broke off at any statement can be repeated', async () => {
  await declare(SHOP);
  await mariadb.query(`DROP USER 'shop'@'%'`);
  await declare(SHOP);
  expect(await server.accepts({ username: 'shop', password: '' })).toBe(false);
  await passwordFor('shop');
  expect(await server.accepts({ username: 'shop', password: 'password-of-shop' })).toBe(true);
});

test('a declared login without a password lets nobody in', async () => {
  await declare(SHOP);
  expect(await server.accepts({ username: 'shop', password: '' })).toBe(false);
});

test('a login that is no longer declared cannot log in, and can when it is declared again', async () => {
  const { shop } = await logins();
  const credentials = { username: shop.user, password: shop.password };
  await declare(REPORTS);
  expect(await server.accepts(credentials)).toBe(false);
  await declare(SHOP, REPORTS);
  expect(await server.accepts(credentials)).toBe(true);
});

test('a user that somebody else made is not touched', async () => {
  await mariadb.query(`CREATE USER shop@'%' IDENTIFIED BY 'theirs'`);
  await expect(declare(SHOP)).rejects.toMatchObject({ name: 'NameTaken' });
  await expect(
    server.asMaster((master) => master.setPassword({ username: 'shop', password: 'ours' })),
  ).rejects.toMatchObject({ name: 'UnknownUser' });
  expect(await mariadb.query('SELECT 1 AS one', { user: 'shop', password: 'theirs' })).toEqual([{ one: 1 }]);
});

test('a login by IAM is made with the plugin of Amazon RDS, which MariaDB does not have', async () => {
  await expect(declare({ name: 'shop_api', privileges: 'readWrite', iam: true })).rejects.toThrow(
    "Plugin 'AWSAuthenticationPlugin' is not loaded",
  );
  expect(mariadb.log).toContain("CREATE USER 'shop_api'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'");
});

test('two runs at the same time wait for each other', async () => {
  await Promise.all([declare(SHOP), declare(SHOP), declare(SHOP)]);
  expect(await mariadb.query(`SELECT User FROM mysql.user WHERE User = 'shop'`)).toHaveLength(1);
});

describe('a connection', () => {
  test('is refused by the server without TLS', async () => {
    const { shop } = await logins();
    expect(await server.accepts({ username: shop.user, password: shop.password })).toBe(true);
    await expect(mariadb.query('SELECT 1', { ...shop, ssl: undefined })).rejects.toThrow('Access denied');
  });

  test('is not made to a server whose certificate somebody else signed', async () => {
    const { certificate: ca } = await selfSignedCertificate();
    const other = mysqlServer(target, mariadb.master, { ca });
    await expect(other.accepts({ username: 'shop', password: 'x' })).rejects.toThrow('self-signed certificate');
  });

  test('is not made to a server with a trusted certificate of another name', async () => {
    const elsewhere = await selfSignedCertificate('elsewhere.example');
    await mariadb.show(elsewhere);
    const other = mysqlServer(target, mariadb.master, { ca: elsewhere.certificate });
    await expect(other.accepts({ username: 'shop', password: 'x' })).rejects.toThrow("does not match certificate's");
    await mariadb.show(mariadb.certificate);
  });
});

describe('a rotation', () => {
  const aws = new SecretsManagerEndpoint();
  beforeAll(() => aws.start());
  afterAll(() => aws.stop());

  test('keeps the password before until the next one, and shows none to the log', async () => {
    await declare(user('shop_a', 'readWrite'), user('shop_b', 'readWrite'));
    const secret = aws.create(JSON.stringify({ username: 'shop_b', password: 'never-set' }));
    const handler = rotationHandler(databaseRotation('mysql', server, target), aws.clients());
    const login = (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): { username: string; password: string; url: string } =>
      JSON.parse(aws.value(secret, stage) ?? '') as { username: string; password: string; url: string };
    await aws.rotate(handler, secret);
    const ClientRequestToken = aws.begin(secret);
    for (const Step of STEPS) {
      const event = { Step, SecretId: secret, ClientRequestToken };
      await handler(event);
      await handler(event);
      expect(await server.accepts(login('AWSCURRENT'))).toBe(true);
    }
    expect(await server.accepts(login('AWSPREVIOUS'))).toBe(true);
    expect(login('AWSCURRENT').url).toBe(
      `mysql://shop_b:${login('AWSCURRENT').password}@localhost:${target.port}/my_shop`,
    );
    expect(mariadb.log).not.toContain(login('AWSCURRENT').password);
    expect(mariadb.log).not.toContain(login('AWSPREVIOUS').password);
  });

  test('works in the bundle that is deployed', async () => {
    await declare(user('shop_a', 'readWrite'), user('shop_b', 'readWrite'));
    const secret = aws.create(JSON.stringify({ username: 'shop_b', password: 'never-set' }));
    const handler: BundledHandler = {
      name: 'rotate-mysql-password',
      awsUrl: aws.url,
      authorities: mariadb.certificate.certificate,
      environment: {
        DATABASE_HOST: target.host,
        DATABASE_READER_HOST: target.readerHost,
        DATABASE_PORT: String(target.port),
        DATABASE_NAME: target.database,
        MASTER_SECRET_ARN: aws.create(JSON.stringify(MASTER)),
        READ_ONLY_LOGINS: '',
      },
    };
    const ClientRequestToken = aws.begin(secret);
    for (const Step of STEPS) {
      await invokeBundle(handler, { Step, SecretId: secret, ClientRequestToken });
    }
    const login = JSON.parse(aws.value(secret, 'AWSCURRENT') ?? '') as { username: string; password: string };
    expect(await server.accepts(login)).toBe(true);
  }, 60_000);
});
