import pg from 'pg';
import { groupOf, type OWN_PRIVILEGES } from '../login-name';
import { DatabaseError } from './database-server';
import { HEARTBEAT_TABLE, HEARTBEATS } from './heartbeat-table';
import { OWN_PREFIX } from './moving/catalog';

const name = (identifier: string): string => pg.escapeIdentifier(identifier);

/** Databases beside the shop's that everybody may connect to until somebody says no. Nobody works in them. */
const SIDE_DATABASES = ['postgres', 'template1'];

/**
 * Gives the three groups of `database` their privileges on what is there and on what the migrations group will make, and
 * takes everything from PUBLIC.
 */
export async function grantPrivileges(client: pg.Client, database: string): Promise<void> {
  const schemas = await schemasOf(client, database);
  await refuseForeignOwners(client, schemas);
  await closeDatabases(client, database);
  await openDatabase(client, database);
  for (const schema of schemas) {
    await closeSchema(client, schema);
    await openSchema(client, database, schema);
  }
  await openWhatComesLater(client, database);
  await refusePublicPrivileges(client, database, schemas);
}

/** What each group of ours may do with heartbeats. Nobody may change or remove one. */
const HEARTBEAT_PRIVILEGES = { heartbeats: 'SELECT, INSERT', validation: 'SELECT' } as const;

/** Makes the table of heartbeats, which the master user owns, and gives the groups of those who use it their privileges. */
export async function grantHeartbeats(
  client: pg.Client,
  database: string,
  own: readonly (typeof OWN_PRIVILEGES)[number][],
): Promise<void> {
  if (own.length > 0) {
    await client.query(HEARTBEAT_TABLE.join('; '));
    await refuseForeignOwners(client, [OWN_PREFIX]);
  }
  for (const privileges of own) {
    const group = name(groupOf(database, privileges));
    await client.query(`GRANT CONNECT ON DATABASE ${name(database)} TO ${group}`);
    await client.query(`GRANT USAGE ON SCHEMA ${OWN_PREFIX} TO ${group}`);
    await client.query(`GRANT ${HEARTBEAT_PRIVILEGES[privileges]} ON ${HEARTBEATS} TO ${group}`);
  }
}

/** `public`, and whatever the migrations group made. */
async function schemasOf(client: pg.Client, database: string): Promise<string[]> {
  const { rows } = await client.query<{ nspname: string }>(
    `SELECT nspname FROM pg_namespace WHERE nspname = 'public' OR nspowner = to_regrole($1) ORDER BY nspname`,
    [name(groupOf(database, 'migrations'))],
  );
  return rows.map(({ nspname }) => nspname);
}

/** In a database that was in use before, tables may belong to users whose privileges the master user cannot give away. */
async function refuseForeignOwners(client: pg.Client, schemas: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ owner: string; relation: string }>(
    `SELECT relowner::regrole::text AS owner, min(c.oid::regclass::text) AS relation
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname = ANY($1) AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND NOT pg_has_role(relowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
      GROUP BY relowner`,
    [schemas],
  );
  if (rows.length > 0) {
    const owners = rows.map(({ owner, relation }) => `${owner} (${relation}, for example)`).join(', ');
    throw new DatabaseError(
      'ForeignOwner',
      `tables belong to ${owners}. Have each owner's role granted to the master user, then deploy again`,
    );
  }
}

async function closeDatabases(client: pg.Client, database: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname = ANY($1) AND pg_has_role(datdba, 'USAGE')`,
    [[database, ...SIDE_DATABASES]],
  );
  for (const { datname } of rows) {
    await client.query(`REVOKE ALL ON DATABASE ${name(datname)} FROM PUBLIC`);
  }
}

async function openDatabase(client: pg.Client, database: string): Promise<void> {
  const { readWrite, readOnly, migrations } = groupsOf(database);
  await client.query(`GRANT CONNECT ON DATABASE ${name(database)} TO ${readOnly}`);
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name(database)} TO ${readWrite}`);
  // CREATE is for schemas and trusted extensions.
  await client.query(`GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${name(database)} TO ${migrations}`);
}

async function closeSchema(client: pg.Client, schema: string): Promise<void> {
  await client.query(`REVOKE ALL ON SCHEMA ${name(schema)} FROM PUBLIC`);
  for (const kind of ['TABLES', 'SEQUENCES', 'ROUTINES']) {
    await client.query(`REVOKE ALL ON ALL ${kind} IN SCHEMA ${name(schema)} FROM PUBLIC`);
  }
}

async function openSchema(client: pg.Client, database: string, schema: string): Promise<void> {
  const { readWrite, readOnly, migrations } = groupsOf(database);
  await client.query(`GRANT USAGE, CREATE ON SCHEMA ${name(schema)} TO ${migrations}`);
  await client.query(`GRANT USAGE ON SCHEMA ${name(schema)} TO ${readWrite}, ${readOnly}`);
  for (const [privileges, kind, group] of grantsOf(database)) {
    await client.query(`GRANT ${privileges} ON ALL ${kind} IN SCHEMA ${name(schema)} TO ${group}`);
  }
}

async function openWhatComesLater(client: pg.Client, database: string): Promise<void> {
  const { readWrite, readOnly, migrations } = groupsOf(database);
  const later = `ALTER DEFAULT PRIVILEGES FOR ROLE ${migrations}`;
  await client.query(`${later} REVOKE ALL ON ROUTINES FROM PUBLIC`);
  await client.query(`${later} REVOKE ALL ON TYPES FROM PUBLIC`);
  await client.query(`${later} GRANT USAGE ON SCHEMAS TO ${readWrite}, ${readOnly}`);
  await client.query(`${later} GRANT USAGE ON TYPES TO ${readWrite}, ${readOnly}`);
  for (const [privileges, kind, group] of grantsOf(database)) {
    await client.query(`${later} GRANT ${privileges} ON ${kind} TO ${group}`);
  }
}

/** Who may do what with what the migrations group owns. A routine may write, so the read-only group may call none. */
function grantsOf(database: string): readonly (readonly [privileges: string, kind: string, group: string])[] {
  const { readWrite, readOnly } = groupsOf(database);
  return [
    ['SELECT, INSERT, UPDATE, DELETE', 'TABLES', readWrite],
    ['SELECT', 'TABLES', readOnly],
    ['SELECT, UPDATE, USAGE', 'SEQUENCES', readWrite],
    ['SELECT', 'SEQUENCES', readOnly],
    ['EXECUTE', 'ROUTINES', readWrite],
  ];
}

function groupsOf(database: string): { readWrite: string; readOnly: string; migrations: string } {
  return {
    readWrite: name(groupOf(database, 'readWrite')),
    readOnly: name(groupOf(database, 'readOnly')),
    migrations: name(groupOf(database, 'migrations')),
  };
}

/** A REVOKE by somebody who did not grant says so in a warning alone: look what is left. */
async function refusePublicPrivileges(client: pg.Client, database: string, schemas: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ left: string }>(
    `SELECT 'database ' || datname AS left FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
      WHERE grantee = 0 AND datname = $1
      UNION
     SELECT 'schema ' || nspname FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
      WHERE grantee = 0 AND nspname = ANY($2)`,
    [database, schemas],
  );
  if (rows.length > 0) {
    const left = rows.map((row) => row.left).join(', ');
    throw new DatabaseError(
      'ForeignOwner',
      `PUBLIC has privileges on ${left} that the master user did not grant and cannot revoke. Have the owner revoke them`,
    );
  }
}
