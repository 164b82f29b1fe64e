import { textOf, type SqlSession } from '../../../data/handlers/moving/sql-session';
import type { RestoreFinding } from './expectation';

/** The superuser of Amazon RDS. No customer logs in as it. */
const RDS_ADMIN = 'rdsadmin';

/** The role of Amazon RDS whose members administrate. */
const RDS_SUPERUSER = 'rds_superuser';

/** TLS is forced, and nobody but the master user has powers beyond its tables. */
export async function checkPostgresql(session: SqlSession, masterUser: string): Promise<RestoreFinding[]> {
  return [...(await checkTls(session)), ...(await checkRoles(session, masterUser))];
}

async function checkTls(session: SqlSession): Promise<RestoreFinding[]> {
  const subject = 'rds.force_ssl';
  const [[setting]] = (await session.run(`SELECT current_setting('rds.force_ssl', true)`)) as [[string | null]];
  const isForced = setting === '1' || setting === 'on';
  return isForced ? [] : [{ kind: 'TlsNotForced', subject, detail: `the setting is ${setting ?? 'absent'}` }];
}

async function checkRoles(session: SqlSession, masterUser: string): Promise<RestoreFinding[]> {
  const allowed = [RDS_ADMIN, RDS_SUPERUSER, masterUser].map((role) => session.text(role)).join(', ');
  // Powers of a role that one is a member of are one SET ROLE away.
  const rows = await session.run(
    `SELECT r.rolname, string_agg(DISTINCT p.rolname, ', ')
       FROM pg_catalog.pg_roles r
       JOIN pg_catalog.pg_roles p ON p.oid = r.oid OR pg_has_role(r.oid, p.oid, 'MEMBER')
      WHERE r.rolname NOT IN (${allowed})
        AND (p.rolsuper OR p.rolcreaterole OR p.rolcreatedb OR p.rolreplication OR p.rolbypassrls
             OR p.rolname = ${session.text(RDS_SUPERUSER)})
      GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(([role, from]) => ({
    kind: 'PowerfulRole',
    subject: textOf(role ?? ''),
    detail: `has powers of an administrator, from ${textOf(from ?? '')}`,
  }));
}
