import { OWN_PREFIX } from './moving/catalog';

/** The table of heartbeats, which both engines name alike: a schema of ours in PostgreSQL, a database of ours in MySQL. */
export const HEARTBEAT = { schema: OWN_PREFIX, table: 'heartbeat' } as const;

/** The same, as it stands in a statement. */
export const HEARTBEATS = `${HEARTBEAT.schema}.${HEARTBEAT.table}`;

/** What its owner runs; each may be repeated. Whoever writes heartbeats needs SELECT and INSERT, and nothing else. */
export const HEARTBEAT_TABLE: readonly string[] = [
  `CREATE SCHEMA IF NOT EXISTS ${OWN_PREFIX}`,
  `CREATE TABLE IF NOT EXISTS ${HEARTBEATS} (sequence bigint PRIMARY KEY, written_at text NOT NULL, code text NOT NULL)`,
];
