import type { ConnectionOptions } from 'node:tls';
import { escape, escapeId, type TypeCastField } from 'mysql2';
import { createConnection as createStreaming } from 'mysql2';
import { LoadError } from './load-error';
import type { SessionLogin } from './postgresql-session';
import type { Rows, SqlSession, Value } from './sql-session';

/** A paused Aurora Serverless cluster answers after about 15 seconds. */
const CONNECT_MILLISECONDS = 30_000;

/** The lock of whoever moves data. */
const LOCK = 'cdk-commerce-baseline-data';

/** Rows that are handed on at once. */
const HANDED_ON = 2_000;

/**
 * As mysqldump writes: times in UTC, an id of 0 kept, dates that strict mode would refuse, references before what they
 * refer to. What a column cannot hold is cut by the server, and found when the checksums are compared.
 */
const SETTINGS = `SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0`;

/** No value is parsed: each stays the bytes that the server wrote. */
const asBytes = (field: TypeCastField): Value => field.buffer()?.toString('latin1') ?? null;

/**
 * Logs in to MySQL, over TLS alone.
 *
 * @param composes whether `script` is used: only then may a text hold several statements
 */
export async function mysqlSession(
  login: SessionLogin,
  { ca }: ConnectionOptions = {},
  composes = false,
): Promise<SqlSession> {
  const connection = createStreaming({
    host: login.host,
    port: login.port,
    database: login.database,
    user: login.username,
    password: login.password,
    // Without verifyIdentity, mysql2 takes a trusted certificate of any other host.
    ssl: { ca: ca as string | undefined, rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
    // A token of IAM is sent as it is, inside TLS.
    enableCleartextPlugin: true,
    connectTimeout: CONNECT_MILLISECONDS,
    multipleStatements: composes,
    charset: 'utf8mb4',
  });
  connection.on('error', () => {});
  const promised = connection.promise();
  await promised.connect();
  await promised.query(SETTINGS);
  const run = async (sql: string): Promise<Rows> => {
    const [rows] = await promised.query({ sql, rowsAsArray: true, typeCast: asBytes });
    return Array.isArray(rows) ? (rows as unknown as Rows) : [];
  };
  return {
    dialect: 'mysql',
    name: (identifier) => escapeId(identifier, true),
    text: (literal) => escape(literal),
    run,
    async script(statements) {
      await promised.query(statements.join(';\n'));
    },
    async read(sql, take) {
      let rows: Value[][] = [];
      for await (const row of connection.query({ sql, rowsAsArray: true, typeCast: asBytes }).stream()) {
        rows.push(row as Value[]);
        if (rows.length === HANDED_ON) {
          take(rows);
          rows = [];
        }
      }
      take(rows);
    },
    async atomically(work) {
      await promised.query('START TRANSACTION');
      try {
        await work();
        await promised.query('COMMIT');
      } catch (error) {
        await promised.query('ROLLBACK').catch(() => {});
        throw error;
      }
    },
    async lock() {
      const [[got]] = (await run(`SELECT GET_LOCK('${LOCK}', 0)`)) as [[string]];
      if (got !== '1') {
        throw new LoadError('Busy', 'another execution moves data in this database');
      }
    },
    end: () => promised.end(),
  };
}
