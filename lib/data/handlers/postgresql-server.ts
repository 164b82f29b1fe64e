import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { type Credentials, type DatabaseServer, type DatabaseTarget, DatabaseError } from './database-server';
import { logInAsMaster, type MasterLogin } from './master-login';
import { declareUsers, setPassword } from './postgresql-roles';

/** A paused Aurora Serverless cluster answers after about 15 seconds. */
const CONNECT_MILLISECONDS = 30_000;

/** How long one run waits for another that holds the lock. */
const LOCK_MILLISECONDS = 60_000;

/** Key of the advisory lock that serialises whoever changes logins: any number, always the same. */
const LOCK = 4_021_757_612;

/** Codes of PostgreSQL for a login that is refused: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const LOGIN_REFUSED = ['28000', '28P01'];

/** Code of PostgreSQL for a lock that did not become free in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Code of PostgreSQL for a missing privilege: here, to connect to this database. */
const FORBIDDEN = '42501';

/**
 * A PostgreSQL server, reached over TLS alone.
 *
 * @param tls whose certificates are trusted; by default what Node.js trusts, with `NODE_EXTRA_CA_CERTS`
 */
export function postgresqlServer(
  target: DatabaseTarget,
  master: MasterLogin,
  tls: ConnectionOptions = {},
): DatabaseServer {
  const connect = (credentials: Credentials): Promise<pg.Client> => connectTo(target, credentials, tls);
  return {
    async asMaster(work) {
      const client = await logInAsMaster(master, connect, isRefusal);
      try {
        await lock(client);
        return await work({
          declare: (users) => declareUsers(client, target.database, users),
          setPassword: (credentials) => setPassword(client, target.database, credentials),
        });
      } finally {
        // Ends the session, and with it the lock.
        await client.end();
      }
    },
    async accepts(credentials) {
      try {
        await (await connect(credentials)).end();
        return true;
      } catch (error) {
        if (isRefusal(error)) {
          return false;
        }
        throw error;
      }
    },
  };
}

async function connectTo(
  { host, port, database }: DatabaseTarget,
  { username, password }: Credentials,
  tls: ConnectionOptions,
): Promise<pg.Client> {
  const client = new pg.Client({
    host,
    port,
    database,
    user: username,
    password,
    ssl: { ...tls, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    lock_timeout: LOCK_MILLISECONDS,
    application_name: 'cdk-commerce-baseline',
  });
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && [...LOGIN_REFUSED, FORBIDDEN].includes(error.code ?? '');
}

async function lock(client: pg.Client): Promise<void> {
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) {
      throw new DatabaseError('Busy', 'another deployment or rotation changes logins of this database; try again');
    }
    throw error;
  }
}
