import * as z from 'zod/mini';
import { labelOf, quoted, namedTablesOf, type Column, type Table } from '../../../data/handlers/moving/catalog';
import type { SqlSession } from '../../../data/handlers/moving/sql-session';
import { TableDigest } from '../../../data/handlers/moving/table-digest';
import type { ExpectedTable } from './expectation';
import type { MessageCode, SignedText } from './message-code';

const DAY = 24 * 60 * 60 * 1000;

const Frozen = z.object({
  column: z.string(),
  /** Rows of before this moment were counted. */
  before: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  sum: z.string(),
});
export type Frozen = z.infer<typeof Frozen>;

const Baseline = z.object({
  takenAt: z.string(),
  tables: z.record(z.string(), z.object({ rows: z.number(), frozen: z.optional(Frozen) })),
});
/** What the live database held at one moment. */
export type Baseline = z.infer<typeof Baseline>;

/** Measures the live database. A table that is declared and not there is left out, and the check of a copy says so. */
export async function takeBaseline(
  session: SqlSession,
  expected: readonly ExpectedTable[],
  code: MessageCode,
  clock: () => Date,
): Promise<{ takenAt: string; signed: SignedText }> {
  const started = clock();
  const found = new Map((await namedTablesOf(session)).map((table) => [labelOf(table), table]));
  const tables: Baseline['tables'] = {};
  for (const each of expected) {
    const table = found.get(labelOf(each));
    if (table !== undefined) {
      const frozen = await freeze(session, table, each, started);
      tables[labelOf(each)] = { rows: await countRows(session, table), ...(frozen === undefined ? {} : { frozen }) };
    }
  }
  // The moment after: whatever was counted is in a copy of any later moment.
  const takenAt = clock().toISOString();
  const body = JSON.stringify({ takenAt, tables } satisfies Baseline);
  return { takenAt, signed: { body, code: code.sign(textOf(body)) } };
}

/** The baseline as it was kept, if a holder of the key signed it. */
export function openBaseline({ body, code: given }: SignedText, code: MessageCode): Baseline | undefined {
  return code.verify(textOf(body), given) ? z.parse(Baseline, JSON.parse(body)) : undefined;
}

export async function countRows(session: SqlSession, table: Table): Promise<number> {
  const [[count]] = (await session.run(`SELECT count(*) FROM ${quoted(session, table)}`)) as [[string]];
  return Number(count);
}

/** Number and checksum of the rows of before a moment, over these columns. */
export async function digestBefore(
  session: SqlSession,
  table: Table,
  columns: readonly Column[],
  { column, before }: Pick<Frozen, 'column' | 'before'>,
): Promise<{ rows: number; sum: string }> {
  const digest = TableDigest.of(columns);
  const names = columns.map(({ name }) => session.name(name)).join(', ');
  // Both engines read this as UTC, which is the time zone of the session.
  const moment = before.replace('T', ' ').replace('Z', '');
  const condition = `${session.name(column)} < ${session.text(moment)}`;
  await session.read(`SELECT ${names} FROM ${quoted(session, table)} WHERE ${condition}`, (rows) =>
    rows.forEach((row) => digest.add(row)),
  );
  const { rows, sum } = digest.store();
  return { rows, sum };
}

async function freeze(
  session: SqlSession,
  table: Table,
  { immutable }: ExpectedTable,
  now: Date,
): Promise<Frozen | undefined> {
  if (immutable === undefined || !table.columns.some(({ name }) => name === immutable.column)) {
    return undefined;
  }
  const range = { column: immutable.column, before: new Date(now.getTime() - immutable.days * DAY).toISOString() };
  const { rows, sum } = await digestBefore(session, table, table.columns, range);
  return { ...range, columns: table.columns.map(({ name }) => name), rows, sum };
}

function textOf(body: string): string {
  return `baseline ${body}`;
}
