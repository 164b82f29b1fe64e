import pg from 'pg';
import { groupOf, OWN_PRIVILEGES, PRIVILEGES, type Privileges } from '../login-name';
import { DatabaseError, type Credentials, type DeclaredUser } from './database-server';
import { grantHeartbeats, grantPrivileges } from './postgresql-privileges';
import { scramVerifier } from './scram';

const name = (identifier: string): string => pg.escapeIdentifier(identifier);
const text = (literal: string): string => pg.escapeLiteral(literal);

/** The role of Amazon RDS whose members log in with a token of IAM, and with nothing else. */
const RDS_IAM = 'rds_iam';

/** The role of Amazon RDS that the parameter `pgaudit.role` names. What is granted to it is audited. */
const RDS_PGAUDIT = 'rds_pgaudit';

/**
 * Makes exactly `users` able to log in to `database`, each with the privileges of its group; all or nothing.
 *
 * Privileges belong to three groups that nobody logs in as. What the migrations group makes, the other two may use;
 * whoever migrates acts as that group, so that tables belong to it and not to one of two alternating users.
 */
export async function declareUsers(client: pg.Client, database: string, users: readonly DeclaredUser[]): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const privileges of PRIVILEGES) {
      await claim(client, groupOf(database, privileges), `group of database ${database}`);
    }
    // Setting default privileges for a role takes membership in it; having created it gives only administration.
    const migrations = name(groupOf(database, 'migrations'));
    await client.query(`GRANT ${migrations} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
    await grantPrivileges(client, database);
    await prepareOwn(client, database, users);
    await prepareAudit(client);
    for (const user of users) {
      await declareUser(client, database, user);
    }
    await lockOthers(client, database, users);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** Gives a user that `declareUsers` made a password. */
export async function setPassword(
  client: pg.Client,
  database: string,
  { username, password }: Credentials,
): Promise<void> {
  const found = await find(client, username);
  if (found?.comment !== commentOf(loginOf(database))) {
    throw new DatabaseError('UnknownUser', `${username} is no login that was declared for ${database}`);
  }
  await client.query(`ALTER ROLE ${name(username)} PASSWORD ${text(scramVerifier(password))}`);
}

/** Comments tell our roles from others, in restored databases too. Only ours are changed. */
const commentOf = (what: string): string => `cdk-commerce-baseline: ${what}`;
const loginOf = (database: string): string => `login of database ${database}`;

interface FoundRole {
  readonly comment: string | null;
  readonly memberOf: readonly string[];
}

async function find(client: pg.Client, role: string): Promise<FoundRole | undefined> {
  const { rows } = await client.query<FoundRole>(
    `SELECT shobj_description(r.oid, 'pg_authid') AS comment,
            ARRAY(SELECT DISTINCT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                   WHERE m.member = r.oid) AS "memberOf"
       FROM pg_roles r WHERE rolname = $1`,
    [role],
  );
  return rows[0];
}

/** Creates a role, or makes sure that the existing one is ours. Returns the roles it is a member of. */
async function claim(client: pg.Client, role: string, what: string): Promise<readonly string[]> {
  const found = await find(client, role);
  if (found === undefined) {
    await client.query(`CREATE ROLE ${name(role)} NOLOGIN`);
    await client.query(`COMMENT ON ROLE ${name(role)} IS ${text(commentOf(what))}`);
    return [];
  }
  if (found.comment !== commentOf(what)) {
    throw new DatabaseError('NameTaken', `the role ${role} exists and is none of ours: declare another name`);
  }
  return found.memberOf;
}

async function declareUser(client: pg.Client, database: string, user: DeclaredUser): Promise<void> {
  const memberOf = await claim(client, user.name, loginOf(database));
  const group = groupOf(database, user.privileges);
  const groups = user.privileges === 'validation' ? [group, groupOf(database, 'readOnly')] : [group];
  const wanted = user.iam ? [...groups, RDS_IAM] : groups;
  for (const role of memberOf.filter((each) => !wanted.includes(each))) {
    await client.query(`REVOKE ${name(role)} FROM ${name(user.name)}`);
  }
  for (const role of wanted.filter((each) => !memberOf.includes(each))) {
    await client.query(`GRANT ${name(role)} TO ${name(user.name)}`);
  }
  await client.query(`ALTER ROLE ${name(user.name)} LOGIN ${user.iam ? 'PASSWORD NULL' : ''}`);
  await client.query(`ALTER ROLE ${name(user.name)} ${actingAs(user.privileges, group)}`);
}

/** Heartbeats and who uses them: only where somebody does, so that a database without restore tests stays as it is. */
async function prepareOwn(client: pg.Client, database: string, users: readonly DeclaredUser[]): Promise<void> {
  const own = OWN_PRIVILEGES.filter((each) => users.some(({ privileges }) => privileges === each));
  for (const privileges of own) {
    await claim(client, groupOf(database, privileges), `group of database ${database}`);
  }
  await grantHeartbeats(client, database, own);
}

function actingAs(privileges: Privileges, group: string): string {
  return privileges === 'migrations' ? `SET role = ${text(group)}` : 'RESET role';
}

/** Who was declared once and is no longer: keeps what it owns, and cannot log in. */
async function lockOthers(client: pg.Client, database: string, users: readonly DeclaredUser[]): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles
      WHERE shobj_description(oid, 'pg_authid') = $1 AND rolcanlogin AND rolname <> ALL($2) ORDER BY rolname`,
    [commentOf(loginOf(database)), users.map((user) => user.name)],
  );
  for (const { rolname } of rows) {
    await client.query(`ALTER ROLE ${name(rolname)} NOLOGIN`);
  }
}

/** Where the library is loaded, auditing needs its extension in the database, and a role to audit single objects by. */
async function prepareAudit(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_settings WHERE name = 'shared_preload_libraries' AND setting LIKE '%pgaudit%'`,
  );
  if (rowCount === 0) {
    return;
  }
  await client.query('CREATE EXTENSION IF NOT EXISTS pgaudit');
  if ((await find(client, RDS_PGAUDIT)) === undefined) {
    await client.query(`CREATE ROLE ${name(RDS_PGAUDIT)} NOLOGIN`);
  }
}
