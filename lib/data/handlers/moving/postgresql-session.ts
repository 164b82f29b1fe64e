import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { LoadError } from './load-error';
import { bytesOf, type CopySession, type Rows, type Value } from './sql-session';

/** Where to log in, and how. */
export interface SessionLogin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
}

/** A paused Aurora Serverless cluster answers after about 15 seconds. */
const CONNECT_MILLISECONDS = 30_000;

/** Key of the advisory lock of whoever moves data: any number, always the same. */
const LOCK = 4_021_757_613;

/** Rows that are fetched at once. */
const FETCHED = 2_000;

/** How values are written, so that a dump and a database write them alike. The dump's own settings are left out. */
const SETTINGS = [
  `SET client_encoding = 'UTF8'`,
  `SET standard_conforming_strings = on`,
  `SET TimeZone = 'UTC'`,
  `SET DateStyle = 'ISO, YMD'`,
  `SET IntervalStyle = 'postgres'`,
  `SET extra_float_digits = 1`,
  `SET bytea_output = 'hex'`,
  `SET search_path = ''`,
  `SET statement_timeout = 0`,
];

/** No value is parsed: each stays the text that the server wrote. */
const AS_TEXT = { getTypeParser: () => (value: unknown) => value };

/** Logs in to PostgreSQL, over TLS alone. */
export async function postgresqlSession(login: SessionLogin, tls: ConnectionOptions = {}): Promise<CopySession> {
  const client = new pg.Client({
    host: login.host,
    port: login.port,
    database: login.database,
    user: login.username,
    password: login.password,
    ssl: { ...tls, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    application_name: 'cdk-commerce-baseline',
  });
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on('error', () => {});
  await client.connect();
  await client.query(SETTINGS.join('; '));
  return sessionOf(client);
}

function sessionOf(client: pg.Client): CopySession {
  const run = async (text: string): Promise<Rows> => {
    // The extended protocol takes one statement and no more, however a text was split.
    const query = { text, rowMode: 'array' as const, types: AS_TEXT, queryMode: 'extended' };
    const { rows } = await client.query<(string | null)[]>(query);
    return rows.map((row) => row.map(asBytes));
  };
  const atomically = async (work: () => Promise<void>): Promise<void> => {
    await client.query('BEGIN');
    try {
      await work();
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  };
  return {
    dialect: 'postgresql',
    name: (identifier) => pg.escapeIdentifier(identifier),
    text: (literal) => pg.escapeLiteral(literal),
    run,
    atomically,
    async script(statements) {
      await client.query(statements.join(';\n'));
    },
    async read(query, take) {
      await atomically(async () => {
        await client.query(`DECLARE everything NO SCROLL CURSOR FOR ${query}`);
        for (;;) {
          const rows = await run(`FETCH ${FETCHED} FROM everything`);
          if (rows.length === 0) {
            return;
          }
          take(rows);
        }
      });
    },
    async lock() {
      const [[got]] = (await run(`SELECT pg_try_advisory_lock(${LOCK})`)) as [[string]];
      if (got !== 't') {
        throw new LoadError('Busy', 'another execution moves data in this database');
      }
    },
    copy: (statement, data) => copyIn(client, statement, data),
    end: () => client.end(),
  };
}

function asBytes(value: string | null): Value {
  return value === null ? null : bytesOf(value);
}

/** The part of pg's connection that a COPY needs. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Runs a COPY … FROM STDIN with rows that are in memory. pg knows the messages, but has no query that sends them. */
function copyIn(client: pg.Client, statement: string, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    const query = {
      submit: (connection: unknown): void => (connection as CopyConnection).query(statement),
      handleCopyInResponse: (connection: CopyConnection): void => {
        connection.sendCopyFromChunk(data);
        connection.endCopyFrom();
      },
      handleCommandComplete: (): void => {},
      handleError: (error: Error): void => {
        failure = error;
        // A connection that broke is never ready again.
        reject(error);
      },
      handleReadyForQuery: (): void => (failure === undefined ? resolve() : reject(failure)),
    };
    client.query(query);
  });
}
