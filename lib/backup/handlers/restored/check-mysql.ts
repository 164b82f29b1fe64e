import { textOf, type SqlSession } from '../../../data/handlers/moving/sql-session';
import { POWERS, ROLE_EDGES } from '../../../data/handlers/mysql-powers';
import type { RestoreFinding } from './expectation';
import { isThere } from './is-there';

/** The role of Amazon RDS whose members administrate. */
const RDS_SUPERUSER = 'rds_superuser_role';

/** Accounts of Amazon RDS and of the server itself. No customer logs in as one. */
const SYSTEM = [
  ...['rdsadmin', 'rdsproxyadmin', 'rdsrepladmin', 'rdstopmgr', RDS_SUPERUSER],
  ...['mysql.infoschema', 'mysql.session', 'mysql.sys', 'mariadb.sys'],
];

/** TLS is forced, and nobody but the master user has powers beyond the database of the shop. */
export async function checkMysql(session: SqlSession, masterUser: string): Promise<RestoreFinding[]> {
  const allowed = [...SYSTEM, masterUser].map((account) => session.text(account)).join(', ');
  return [
    ...(await checkTls(session)),
    ...(await checkPowers(session, allowed)),
    ...(await checkMembers(session, allowed)),
  ];
}

async function checkTls(session: SqlSession): Promise<RestoreFinding[]> {
  const subject = 'require_secure_transport';
  const [[setting]] = (await session.run(`SELECT @@global.${subject}`)) as [[string | null]];
  return setting === '1' ? [] : [{ kind: 'TlsNotForced', subject, detail: `the setting is ${setting ?? 'absent'}` }];
}

async function checkPowers(session: SqlSession, allowed: string): Promise<RestoreFinding[]> {
  const rows = await session.run(
    `SELECT User, ${POWERS.join(', ')} FROM mysql.user WHERE User NOT IN (${allowed}) ORDER BY User`,
  );
  return rows.flatMap(([user, ...values]) => {
    const powers = POWERS.filter((_, index) => values[index] === 'Y').map((power) => power.replace('_priv', ''));
    return powers.length === 0 ? [] : [finding(user ?? '', powers.join(', '))];
  });
}

async function checkMembers(session: SqlSession, allowed: string): Promise<RestoreFinding[]> {
  if (!(await isThere(session, ROLE_EDGES))) {
    return [];
  }
  const rows = await session.run(
    `SELECT DISTINCT TO_USER FROM ${ROLE_EDGES.schema}.${ROLE_EDGES.table}
      WHERE FROM_USER = ${session.text(RDS_SUPERUSER)} AND TO_USER NOT IN (${allowed}) ORDER BY TO_USER`,
  );
  return rows.map(([user]) => finding(user ?? '', RDS_SUPERUSER));
}

function finding(user: string, from: string): RestoreFinding {
  return { kind: 'PowerfulRole', subject: textOf(user), detail: `has powers of an administrator, from ${from}` };
}
