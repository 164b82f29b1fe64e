import { escape as text, escapeId as name } from 'mysql2';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Privileges } from '../login-name';
import { DatabaseError, type Credentials, type DeclaredUser } from './database-server';
import { HEARTBEAT_TABLE, HEARTBEATS } from './heartbeat-table';
import { storedPassword, type PasswordPlugin } from './mysql-password';
import { POWERS, ROLE_EDGES } from './mysql-powers';
import { randomText } from './random-text';

/** The plugin of Amazon RDS that lets a user in with a token of IAM. */
const IAM_PLUGIN = 'AWSAuthenticationPlugin';

/** Which logins we made. MySQL has no comments on users that every version knows, so they stand in a table. */
const REGISTER = '`cdk_commerce_baseline`.`logins`';

const READ = ['SELECT', 'SHOW VIEW'];
const WRITE = ['INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'CREATE TEMPORARY TABLES', 'LOCK TABLES'];
const DEFINE = ['CREATE', 'ALTER', 'DROP', 'INDEX', 'REFERENCES', 'TRIGGER', 'EVENT'];
const DEFINE_CODE = ['CREATE VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE'];

/** In MySQL privileges on a database cover its tables of later, too, and nobody owns a table. */
const PRIVILEGES_OF: Readonly<Record<Privileges, readonly string[]>> = {
  readOnly: READ,
  readWrite: [...READ, ...WRITE],
  migrations: [...READ, ...WRITE, ...DEFINE, ...DEFINE_CODE],
  heartbeats: [],
  validation: READ,
};

/** What our own logins may do beside: heartbeats, and to see who has powers, never a password's hash. */
const BESIDE: Readonly<Partial<Record<Privileges, readonly string[]>>> = {
  heartbeats: [`SELECT, INSERT ON ${HEARTBEATS}`],
  validation: [`SELECT ON ${HEARTBEATS}`, `SELECT (User, ${POWERS.join(', ')}) ON mysql.user`],
};

/** Makes exactly `users` able to log in to `database`. MySQL has no transactions for users: each step can be repeated. */
export async function declareUsers(
  connection: Connection,
  database: string,
  users: readonly DeclaredUser[],
): Promise<void> {
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${REGISTER.split('.')[0]}`);
  await connection.query(
    `CREATE TABLE IF NOT EXISTS ${REGISTER} (login VARCHAR(32) PRIMARY KEY, database_name VARCHAR(64) NOT NULL)`,
  );
  if (users.some(({ privileges }) => BESIDE[privileges] !== undefined)) {
    for (const statement of HEARTBEAT_TABLE) {
      await connection.query(statement);
    }
  }
  for (const user of users) {
    await declareUser(connection, database, user);
  }
  for (const login of await registered(connection, database)) {
    if (!users.some((user) => user.name === login)) {
      await connection.query(`ALTER USER IF EXISTS ${account(login)} ACCOUNT LOCK`);
    }
  }
}

/** Gives a user that `declareUsers` made a password. */
export async function setPassword(
  connection: Connection,
  database: string,
  { username, password }: Credentials,
): Promise<void> {
  if (!(await registered(connection, database)).includes(username)) {
    throw new DatabaseError('UnknownUser', `${username} is no login that was declared for ${database}`);
  }
  await connection.query(`ALTER USER ${account(username)} IDENTIFIED ${await byPassword(connection, password)}`);
}

/** From any host: the security group decides which. */
const account = (login: string): string => `${text(login)}@'%'`;

async function registered(connection: Connection, database: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(`SELECT login FROM ${REGISTER} WHERE database_name = ?`, [
    database,
  ]);
  return rows.map((row) => row.login as string);
}

async function declareUser(connection: Connection, database: string, user: DeclaredUser): Promise<void> {
  const [[found]] = await connection.query<RowDataPacket[]>('SELECT plugin FROM mysql.user WHERE User = ?', [
    user.name,
  ]);
  if (!(await registered(connection, database)).includes(user.name)) {
    if (found !== undefined) {
      throw new DatabaseError('NameTaken', `the user ${user.name} exists and is none of ours: declare another name`);
    }
    await connection.query(`INSERT INTO ${REGISTER} VALUES (?, ?)`, [user.name, database]);
  }
  const isIam = found?.plugin === IAM_PLUGIN;
  if (found === undefined || isIam !== user.iam) {
    const identified = user.iam
      ? `WITH ${IAM_PLUGIN} AS 'RDS'`
      : // Nobody knows it: a user without any password would be let in.
        await byPassword(connection, randomText(48));
    const create = found === undefined ? 'CREATE' : 'ALTER';
    await connection.query(`${create} USER ${account(user.name)} IDENTIFIED ${identified}`);
  }
  await connection.query(`ALTER USER ${account(user.name)} REQUIRE SSL ACCOUNT UNLOCK`);
  await grant(connection, database, user);
}

async function grant(
  connection: Connection,
  database: string,
  { name: login, privileges }: DeclaredUser,
): Promise<void> {
  const scope = await scopeOf(connection, database);
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT privilege_type AS privilege FROM information_schema.schema_privileges WHERE grantee = ? AND table_schema = ?',
    [account(login), scope],
  );
  const granted = rows.map((row) => row.privilege as string);
  const wanted = PRIVILEGES_OF[privileges];
  const surplus = granted.filter((each) => !wanted.includes(each));
  if (!wanted.every((each) => granted.includes(each))) {
    await connection.query(`GRANT ${wanted.join(', ')} ON ${name(scope)}.* TO ${account(login)}`);
  }
  if (surplus.length > 0) {
    await connection.query(`REVOKE ${surplus.join(', ')} ON ${name(scope)}.* FROM ${account(login)}`);
  }
  for (const beside of await besideOf(connection, privileges)) {
    await connection.query(`GRANT ${beside} TO ${account(login)}`);
  }
}

async function besideOf(connection: Connection, privileges: Privileges): Promise<readonly string[]> {
  const beside = BESIDE[privileges] ?? [];
  if (privileges !== 'validation') {
    return beside;
  }
  const { schema, table } = ROLE_EDGES;
  const [edges] = await connection.query<RowDataPacket[]>(
    'SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
    [schema, table],
  );
  return edges.length === 0 ? beside : [...beside, `SELECT ON ${schema}.${table}`];
}

/** The database as GRANT names it: there `_` stands for any character, unless partial revokes are on. */
async function scopeOf(connection: Connection, database: string): Promise<string> {
  const variables = await variablesOf(connection, 'partial_revokes');
  return variables.get('partial_revokes') === 'ON' ? database : database.replaceAll('_', '\\_');
}

/** `WITH <plugin> AS '<what the server stores>'`, by the plugin that the server takes by default. */
async function byPassword(connection: Connection, password: string): Promise<string> {
  const plugin = await passwordPlugin(connection);
  return `WITH ${plugin} AS ${text(storedPassword(plugin, password))}`;
}

/** MySQL 8.0 names its plugin in one variable, 8.4 in another, where `*` stands for the newest; MariaDB has neither. */
async function passwordPlugin(connection: Connection): Promise<PasswordPlugin> {
  const variables = await variablesOf(connection, 'default_authentication_plugin', 'authentication_policy');
  const named = variables.get('default_authentication_plugin') ?? variables.get('authentication_policy')?.split(',')[0];
  return named === undefined || named === 'mysql_native_password' ? 'mysql_native_password' : 'caching_sha2_password';
}

async function variablesOf(connection: Connection, ...names: readonly string[]): Promise<Map<string, string>> {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW VARIABLES WHERE Variable_name IN (?)', [names]);
  return new Map(rows.map((row) => [row.Variable_name as string, row.Value as string]));
}
