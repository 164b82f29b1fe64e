import { type DeclaredUser } from '../../../lib/data/handlers/database-server';
import { type Privileges } from '../../../lib/data/login-name';
import { MASTER, RdsPostgresql, type Login } from '../../support/rds-postgresql';

let rds: RdsPostgresql;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
}, 60_000);
afterAll(() => rds.stop());

const user = (name: string, privileges: Privileges, iam = false): DeclaredUser => ({ name, privileges, iam });
const SHOP = user('shop', 'readWrite');
const REPORTS = user('reports', 'readOnly');
const MIGRATIONS = user('shop_schema', 'migrations');

const declare = (...users: readonly DeclaredUser[]): Promise<void> =>
  rds.databaseServer.asMaster((master) => master.declare(users));

/** Declares the users, and logs in as each with a password. */
async function logins(): Promise<{ shop: Login; reports: Login; migrations: Login }> {
  await declare(SHOP, REPORTS, MIGRATIONS);
  const withPassword = async ({ name }: DeclaredUser): Promise<Login> => {
    const password = `password-of-${name}`;
    await rds.databaseServer.asMaster((master) => master.setPassword({ username: name, password }));
    return { user: name, password };
  };
  return {
    shop: await withPassword(SHOP),
    reports: await withPassword(REPORTS),
    migrations: await withPassword(MIGRATIONS),
  };
}

/** Everything the server knows about who may do what, to be compared. */
async function privileges(): Promise<unknown> {
  return rds.query(`
    SELECT 'database' AS kind, datname::text AS name, datacl::text AS acl FROM pg_database
    UNION ALL SELECT 'schema', nspname, nspacl::text FROM pg_namespace
    UNION ALL SELECT 'relation', relname, relowner::regrole || ' ' || relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'routine', proname, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'default', defaclrole::regrole || defaclobjtype::text, defaclacl::text FROM pg_default_acl
    UNION ALL SELECT 'member', member::regrole || ' of ' || roleid::regrole || ' by ' || grantor::regrole,
                     concat(admin_option, inherit_option, set_option) FROM pg_auth_members
    UNION ALL SELECT 'role', rolname, (r.*)::text FROM pg_roles r
    UNION ALL SELECT 'setting', setrole::regrole::text, setconfig::text FROM pg_db_role_setting
    ORDER BY 1, 2, 3`);
}

describe('logins with their privileges', () => {
  beforeEach(() => rds.reset());

  test('only the migrations login creates tables, and they belong to the group, not to the login', async () => {
    const { shop, reports, migrations } = await logins();
    await rds.query('CREATE TABLE orders (id int)', migrations);
    await expect(rds.query('CREATE TABLE other (id int)', shop)).rejects.toThrow('permission denied');
    await expect(rds.query('CREATE TABLE other (id int)', reports)).rejects.toThrow('permission denied');
    await expect(rds.query('CREATE SCHEMA other', shop)).rejects.toThrow('permission denied');
    expect(await rds.query(`SELECT tableowner FROM pg_tables WHERE tablename = 'orders'`)).toEqual([
      { tableowner: 'shop_migrations' },
    ]);
  });

  test('the shop reads and writes what was created after it was declared, and cannot change its shape', async () => {
    const { shop, migrations } = await logins();
    await rds.query('CREATE TABLE orders (id serial PRIMARY KEY, total int)', migrations);
    await rds.query('INSERT INTO orders (total) VALUES (100); UPDATE orders SET total = 90', shop);
    expect(await rds.query('SELECT id, total FROM orders', shop)).toEqual([{ id: 1, total: 90 }]);
    await rds.query('DELETE FROM orders', shop);
    await expect(rds.query('TRUNCATE orders', shop)).rejects.toThrow('permission denied');
    await expect(rds.query('DROP TABLE orders', shop)).rejects.toThrow('must be owner');
    await expect(rds.query('SET role = shop_migrations', shop)).rejects.toThrow('permission denied');
  });

  test('what a migration puts into a schema of its own can be used too', async () => {
    const { shop, reports, migrations } = await logins();
    await rds.query('CREATE SCHEMA stock CREATE TABLE items (id int)', migrations);
    await rds.query('INSERT INTO stock.items VALUES (1)', shop);
    expect(await rds.query('SELECT id FROM stock.items', reports)).toEqual([{ id: 1 }]);
    await expect(rds.query('DELETE FROM stock.items', reports)).rejects.toThrow('permission denied');
  });

  test('a migration may install a trusted extension', async () => {
    const { migrations } = await logins();
    await rds.query('CREATE EXTENSION pgcrypto', migrations);
    expect(await rds.query(`SELECT extname FROM pg_extension WHERE extname = 'pgcrypto'`)).toHaveLength(1);
  });

  test('a login that gets other privileges loses the ones before', async () => {
    const { migrations } = await logins();
    await rds.query('CREATE TABLE orders (id int)', migrations);
    await declare(user('shop', 'readOnly'), user('reports', 'readWrite'), user('shop_schema', 'readOnly'));
    const login = (name: string): Login => ({ user: name, password: `password-of-${name}` });
    await expect(rds.query('INSERT INTO orders VALUES (1)', login('shop'))).rejects.toThrow('permission denied');
    await rds.query('INSERT INTO orders VALUES (1)', login('reports'));
    await expect(rds.query('CREATE TABLE other (id int)', login('shop_schema'))).rejects.toThrow('permission denied');
  });
});

describe('the read-only login', () => {
  let reports: Login;
  beforeAll(async () => {
    await rds.reset();
    const { migrations, ...others } = await logins();
    reports = others.reports;
    await rds.query(
      `CREATE TABLE orders (id int); CREATE SEQUENCE numbers;
       CREATE FUNCTION erase() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM orders'`,
      migrations,
    );
  });

  test('reads', async () => {
    expect(await rds.query('SELECT * FROM orders', reports)).toEqual([]);
  });

  test.each([
    'INSERT INTO orders VALUES (1)',
    'UPDATE orders SET id = 2',
    'DELETE FROM orders',
    `SELECT nextval('numbers')`,
    'SELECT erase()',
    'CREATE TEMPORARY TABLE copy AS SELECT * FROM orders',
    `COPY orders FROM PROGRAM 'true'`,
  ])('cannot %s', async (statement) => {
    await expect(rds.query(statement, reports)).rejects.toThrow('permission denied');
  });
});

describe('everybody else', () => {
  beforeEach(() => rds.reset());

  /** A login that somebody made by hand: it has what PUBLIC has. */
  const STRANGER: Login = { user: 'stranger', password: 'stranger' };
  beforeAll(() => rds.server.query(`CREATE ROLE stranger LOGIN PASSWORD 'stranger'`));
  afterAll(() => rds.server.query('DROP ROLE stranger'));

  test.each(['shop', 'postgres', 'template1'])('cannot connect to %s', async (database) => {
    await declare();
    await expect(rds.server.query('SELECT 1', { ...STRANGER, database })).rejects.toThrow(
      `permission denied for database "${database}"`,
    );
  });

  test('has no privilege on anything a migration makes, functions and types included', async () => {
    const { migrations } = await logins();
    await rds.query(
      `CREATE TABLE orders (id int); CREATE SEQUENCE numbers; CREATE TYPE state AS ENUM ('open');
       CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE two() LANGUAGE sql AS 'SELECT 1'`,
      migrations,
    );
    const ofPublic = await rds.query(`
      SELECT relname AS name FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) WHERE grantee = 0 AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0 AND pronamespace = 'public'::regnamespace
      UNION ALL SELECT typname FROM pg_type, aclexplode(coalesce(typacl, acldefault('T', typowner))) WHERE grantee = 0 AND typtype = 'e' AND typnamespace = 'public'::regnamespace
      UNION ALL SELECT nspname FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) WHERE grantee = 0 AND nspname = 'public'
      UNION ALL SELECT datname FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE grantee = 0 AND datname = 'shop'`);
    expect(ofPublic).toEqual([]);
  });

  test('loses what was given to everybody before', async () => {
    await rds.query(
      `CREATE TABLE old (id int); GRANT ALL ON old TO PUBLIC; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      { user: MASTER.username, password: MASTER.password },
    );
    await declare(SHOP);
    expect(await rds.query(`SELECT relacl::text ~ '[{,]=' AS public FROM pg_class WHERE relname = 'old'`)).toEqual([
      { public: false },
    ]);
    expect(await rds.query(`SELECT proacl::text ~ '[{,]=' AS public FROM pg_proc WHERE proname = 'one'`)).toEqual([
      { public: false },
    ]);
  });
});

describe('a database that was in use', () => {
  beforeEach(() => rds.reset());

  const asMaster: Login = { user: MASTER.username, password: MASTER.password };

  test('opens the tables that the master user made to the logins', async () => {
    await rds.query('CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)', asMaster);
    const { shop, reports } = await logins();
    await rds.query('INSERT INTO orders VALUES (2)', shop);
    expect(await rds.query('SELECT id FROM orders', reports)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('is refused as a whole when tables belong to somebody whose privileges cannot be given away', async () => {
    await rds.query('CREATE ROLE wordpress; CREATE TABLE posts (id int); ALTER TABLE posts OWNER TO wordpress');
    await expect(declare(SHOP)).rejects.toMatchObject({
      name: 'ForeignOwner',
      message: expect.stringContaining('wordpress (posts, for example)') as string,
    });
    expect(await rds.query(`SELECT FROM pg_roles WHERE rolname IN ('shop', 'shop_readwrite')`)).toEqual([]);
    await rds.query('DROP TABLE posts; DROP ROLE wordpress');
  });

  test('is refused when PUBLIC keeps a privilege that somebody else granted', async () => {
    await rds.query('ALTER SCHEMA public OWNER TO rdsadmin; GRANT CREATE ON SCHEMA public TO PUBLIC');
    await expect(declare(SHOP)).rejects.toThrow('PUBLIC has privileges on schema public');
  });

  test.each(['shop', 'shop_readwrite'])('keeps its own role %s untouched', async (name) => {
    await rds.query(`CREATE ROLE ${name} LOGIN PASSWORD 'theirs'`);
    await expect(declare(SHOP)).rejects.toMatchObject({
      name: 'NameTaken',
      message: expect.stringContaining(name) as string,
    });
    expect(await rds.query('SELECT current_user AS me', { user: name, password: 'theirs' })).toEqual([{ me: name }]);
    await rds.query(`DROP ROLE ${name}`);
  });
});

describe('a second run', () => {
  beforeEach(() => rds.reset());

  test('changes nothing, whatever was created in between', async () => {
    const { migrations } = await logins();
    const iam = user('shop_api', 'readWrite', true);
    await rds.query('CREATE TABLE orders (id serial); CREATE SCHEMA stock; CREATE VIEW v AS SELECT 1', migrations);
    await declare(SHOP, REPORTS, MIGRATIONS, iam);
    const before = await privileges();
    await declare(SHOP, REPORTS, MIGRATIONS, iam);
    expect(await privileges()).toEqual(before);
  });

  test('waits for one that runs at the same time', async () => {
    await Promise.all([declare(SHOP), declare(SHOP), declare(SHOP)]);
    expect(await rds.query(`SELECT rolname FROM pg_roles WHERE rolname = 'shop'`)).toHaveLength(1);
  });
});

describe('a login that is no longer declared', () => {
  beforeEach(() => rds.reset());

  test('cannot log in, and what the group owns stays', async () => {
    const { shop, reports, migrations } = await logins();
    await rds.query('CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)', migrations);
    await declare(REPORTS);
    await expect(rds.query('SELECT 1', shop)).rejects.toThrow('not permitted to log in');
    await expect(rds.query('SELECT 1', migrations)).rejects.toThrow('not permitted to log in');
    expect(await rds.query('SELECT id FROM orders', reports)).toEqual([{ id: 1 }]);
  });

  test('logs in again when it is declared again', async () => {
    const { shop } = await logins();
    await declare();
    await declare(SHOP);
    expect(await rds.query('SELECT 1 AS one', shop)).toEqual([{ one: 1 }]);
  });

  test('is not somebody who was made by hand', async () => {
    await rds.query(`CREATE ROLE by_hand LOGIN PASSWORD 'by-hand'`);
    await declare();
    expect(await rds.query(`SELECT rolcanlogin FROM pg_roles WHERE rolname = 'by_hand'`)).toEqual([
      { rolcanlogin: true },
    ]);
    await rds.query('DROP ROLE by_hand');
  });
});
