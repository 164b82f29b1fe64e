import { quoted } from './catalog';
import { isBinary } from './dump-form';
import type { LoadTarget } from './load-dump';
import { LoadError } from './load-error';
import { mysqlDump } from './mysql-dump';
import { postgresqlDump } from './postgresql-dump';
import type { CopySession, SqlSession, Value } from './sql-session';

/** PostgreSQL: statements and rows are transactional alike. */
export function postgresqlTarget(session: CopySession): LoadTarget {
  return {
    session,
    form: postgresqlDump,
    apply: (statement, _, record) =>
      session.atomically(async () => {
        await session.run(statement.text);
        await record();
      }),
    async insert(table, { columns, rows }, raw) {
      if (rows.length > 0) {
        const names = columns.map(({ name }) => session.name(name)).join(', ');
        await session.copy(`COPY ${quoted(session, table)} (${names}) FROM STDIN`, Buffer.from(raw, 'latin1'));
      }
    },
  };
}

/** The longest INSERT: servers of other makers take packets of 16 MiB. */
const LONGEST_INSERT = 1024 * 1024;

/** MySQL: a statement that creates a table commits by itself, and what it did has to be recognised. */
export function mysqlTarget(session: SqlSession): LoadTarget {
  return {
    session,
    form: mysqlDump,
    async apply({ text, creates }, isRecorded, record) {
      if (creates !== undefined && !isRecorded) {
        await dropInterrupted(session, creates.table);
      }
      await session.run(text);
      await session.atomically(record);
    },
    async insert(table, { columns, rows }) {
      const head = `INSERT INTO ${quoted(session, table)} (${columns.map(({ name }) => session.name(name)).join(', ')}) VALUES `;
      const binary = columns.map(isBinary);
      let values: string[] = [];
      let length = 0;
      const flush = async (): Promise<void> => {
        if (values.length > 0) {
          await session.run(head + values.join(','));
          values = [];
          length = 0;
        }
      };
      for (const row of rows) {
        const text = `(${row.map((value, index) => literal(session, value, binary[index] === true)).join(',')})`;
        if (length + text.length > LONGEST_INSERT) {
          await flush();
        }
        values.push(text);
        length += text.length;
      }
      await flush();
    },
  };
}

/**
 * The database was empty, and a table that was created is recorded before any row of it is loaded. One that is there and
 * not recorded was created by a run that was killed in between: it is empty, and made again.
 */
async function dropInterrupted(session: SqlSession, table: string): Promise<void> {
  const found = await session.run(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = database() AND table_name = ${session.text(table)}`,
  );
  if (found.length === 0) {
    return;
  }
  if ((await session.run(`SELECT 1 FROM ${session.name(table)} LIMIT 1`)).length > 0) {
    throw new LoadError('DatabaseNotEmpty', `${table} holds rows that were not loaded from this dump`);
  }
  await session.run(`DROP TABLE ${session.name(table)}`);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const BEYOND_ASCII = /[^\0-\x7f]/;

function literal(session: SqlSession, value: Value, binary: boolean): string {
  if (value === null) {
    return 'NULL';
  }
  if (binary) {
    return value === '' ? "''" : `0x${Buffer.from(value, 'latin1').toString('hex')}`;
  }
  return session.text(BEYOND_ASCII.test(value) ? decoded(value) : value);
}

function decoded(value: string): string {
  try {
    return UTF8.decode(Buffer.from(value, 'latin1'));
  } catch {
    throw new LoadError('DumpNotUtf8', 'a text is not UTF-8: dump again with --default-character-set=utf8mb4');
  }
}
