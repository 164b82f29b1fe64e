/** The longest name of a login: with the `_a` or `_b` of a rotated password it fits the 32 characters of MySQL. */
export const LONGEST_LOGIN_NAME = 30;

/** Lower-case, so that IAM, which matches case, and the database, which folds it, mean the same login. */
const SHAPE = /^[a-z][a-z0-9_]*$/;

/**
 * Names with a meaning of their own: in PostgreSQL, in MySQL, or to Amazon RDS, which refuses some of them at deployment
 * and, worse, accepts others.
 */
const RESERVED_PREFIXES = ['pg_', 'rds', 'aurora', 'mysql'];
const RESERVED = [
  'admin',
  'administrator',
  'current_role',
  'current_user',
  'none',
  'postgres',
  'public',
  'root',
  'session_user',
  'user',
];

/** Whether a login of this name can be declared. The constructs and the handlers that speak SQL ask the same question. */
export function isLoginName(name: string): boolean {
  return (
    name.length <= LONGEST_LOGIN_NAME &&
    SHAPE.test(name) &&
    !RESERVED.includes(name) &&
    !RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix))
  );
}

/** The two users behind a login with a rotated password: while one is in use, the other is given the next password. */
export function alternatingUsers(login: string): [string, string] {
  return [`${login}_a`, `${login}_b`];
}

/** What a login may do in the shop's tables. */
export const PRIVILEGES = ['readWrite', 'readOnly', 'migrations'] as const;

/** What a login of ours may do beside: write heartbeats, or ask whether a restored copy is right. */
export const OWN_PRIVILEGES = ['heartbeats', 'validation'] as const;

/** All that a login may be declared with. */
export const EVERY_PRIVILEGES = [...PRIVILEGES, ...OWN_PRIVILEGES] as const;

/** One of them. */
export type Privileges = (typeof EVERY_PRIVILEGES)[number];

/** The group that owns privileges in PostgreSQL: `shop_readwrite`. */
export function groupOf(database: string, privileges: Privileges): string {
  return `${database}_${privileges.toLowerCase()}`;
}
