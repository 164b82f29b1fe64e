import type { ConnectionOptions } from 'node:tls';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { DatabaseError, type Credentials, type DatabaseServer, type DatabaseTarget } from './database-server';
import { logInAsMaster, type MasterLogin } from './master-login';
import { declareUsers, setPassword } from './mysql-roles';

/** A paused Aurora Serverless cluster answers after about 15 seconds. */
const CONNECT_MILLISECONDS = 30_000;

/** The lock that serialises whoever changes logins, and how many seconds one run waits for another. */
const LOCK = 'cdk-commerce-baseline';
const LOCK_SECONDS = 60;

/** Numbers of MySQL for: wrong password, no privilege on the database, no password given, a locked account (twice). */
const LOGIN_REFUSED = [1045, 1044, 1698, 3118, 4151];

/**
 * A MySQL server, reached over TLS alone.
 *
 * @param tls whose certificates are trusted; by default what Node.js trusts, with `NODE_EXTRA_CA_CERTS`
 */
export function mysqlServer(target: DatabaseTarget, master: MasterLogin, tls: ConnectionOptions = {}): DatabaseServer {
  const connect = (credentials: Credentials, database?: string): Promise<Connection> =>
    connectTo(target, { ...credentials, database }, tls);
  return {
    async asMaster(work) {
      const connection = await logInAsMaster(master, connect, isRefusal);
      try {
        await lock(connection);
        return await work({
          declare: (users) => declareUsers(connection, target.database, users),
          setPassword: (credentials) => setPassword(connection, target.database, credentials),
        });
      } finally {
        // Ends the session, and with it the lock.
        await connection.end();
      }
    },
    async accepts(credentials) {
      try {
        await (await connect(credentials, target.database)).end();
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

function connectTo(
  { host, port }: DatabaseTarget,
  { username, password, database }: Credentials & { database?: string },
  { ca }: ConnectionOptions,
): Promise<Connection> {
  return createConnection({
    host,
    port,
    database,
    user: username,
    password,
    // Without verifyIdentity, mysql2 takes a trusted certificate of any other host.
    ssl: { ca: ca as string | undefined, rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
    // A token of IAM is sent as it is, inside TLS.
    enableCleartextPlugin: true,
    connectTimeout: CONNECT_MILLISECONDS,
  });
}

function isRefusal(error: unknown): boolean {
  return LOGIN_REFUSED.includes((error as { errno?: number }).errno ?? 0);
}

async function lock(connection: Connection): Promise<void> {
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [LOCK, LOCK_SECONDS]);
  if (row?.got !== 1) {
    throw new DatabaseError('Busy', 'another deployment or rotation changes logins of this database; try again');
  }
}
