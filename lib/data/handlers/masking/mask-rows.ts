import { labelOf, quoted } from '../moving/catalog';
import { textOf, type SqlSession, type Value } from '../moving/sql-session';
import type { TablePlan } from './mask-plan';
import type { MaskRegister, MaskState } from './mask-register';
import { fullNames, tokensOf } from './personal-tokens';
import { digest, isMasked, pseudonym } from './pseudonym';

/** Rows that are masked in one transaction. */
const BATCH = 1_000;

/** Masks what is not masked yet, until all is or there is no more time. */
export async function maskRows(
  session: SqlSession,
  register: MaskRegister,
  plans: readonly TablePlan[],
  state: MaskState,
  hasTime: () => boolean,
): Promise<MaskState> {
  let current = state;
  for (const plan of plans.filter(({ rules, isEmptied }) => rules.length > 0 || isEmptied)) {
    while (!current.masked.includes(labelOf(plan.table))) {
      if (!hasTime()) {
        return current;
      }
      current = plan.isEmptied
        ? await empty(session, register, plan, current)
        : await maskBatch(session, register, plan, current);
    }
  }
  return current;
}

const finished = (state: MaskState, { table }: TablePlan): MaskState => ({
  ...state,
  masked: [...state.masked, labelOf(table)],
  after: undefined,
});

async function empty(
  session: SqlSession,
  register: MaskRegister,
  plan: TablePlan,
  state: MaskState,
): Promise<MaskState> {
  const next = finished(state, plan);
  await session.atomically(() =>
    session.script([`DELETE FROM ${quoted(session, plan.table)}`, register.statementFor(next)]),
  );
  return next;
}

async function maskBatch(
  session: SqlSession,
  register: MaskRegister,
  plan: TablePlan,
  state: MaskState,
): Promise<MaskState> {
  const { table, rules } = plan;
  const { primaryKey } = table;
  const columns = [
    ...new Set([...primaryKey, ...rules.flatMap(({ column, where }) => [column.name, where?.column ?? column.name])]),
  ];
  const rows = await session.run(
    `SELECT ${columns.map((name) => session.name(name)).join(', ')} FROM ${quoted(session, table)}
      ${afterKey(session, primaryKey, state.after)}
      ORDER BY ${primaryKey.map((name) => session.name(name)).join(', ')} LIMIT ${BATCH}`,
  );
  const key = Buffer.from(state.key, 'hex');
  const originals = new Set<string>();
  const updates: string[] = [];
  for (const row of rows) {
    const values = new Map(columns.map((name, index) => [name, row[index] === null ? null : textOf(row[index] ?? '')]));
    const update = maskRow(session, plan, values, key, originals);
    if (update !== undefined) {
      updates.push(update);
    }
  }
  const last = rows
    .at(-1)
    ?.slice(0, primaryKey.length)
    .map((value) => textOf(value ?? ''));
  const counted = { ...state, after: last, rows: state.rows + rows.length };
  const next = rows.length < BATCH ? finished(counted, plan) : counted;
  const kept = register.statementForOriginals([...originals]);
  await session.atomically(() =>
    session.script([...(kept === undefined ? [] : [kept]), ...updates, register.statementFor(next)]),
  );
  return next;
}

/** What changes one row, and what was in it; a value that was masked before stays. */
function maskRow(
  session: SqlSession,
  { table, rules }: TablePlan,
  values: ReadonlyMap<string, Value>,
  key: Buffer,
  originals: Set<string>,
): string | undefined {
  const names: string[] = [];
  const assignments: string[] = [];
  for (const { column, kind, where } of rules) {
    const value = values.get(column.name) ?? null;
    if (value === null || isMasked(value) || (where && !where.values.includes(values.get(where.column) ?? ''))) {
      continue;
    }
    tokensOf(kind, value).forEach((token) => originals.add(digest(key, token)));
    if (kind === 'name') {
      names.push(value);
    }
    const masked = value === '' && kind !== 'removed' ? '' : pseudonym(key, kind, value, column);
    assignments.push(`${session.name(column.name)} = ${masked === null ? 'NULL' : session.text(masked)}`);
  }
  fullNames(names).forEach((token) => originals.add(digest(key, token)));
  const which = table.primaryKey.map((name) => `${session.name(name)} = ${session.text(values.get(name) ?? '')}`);
  return assignments.length === 0
    ? undefined
    : `UPDATE ${quoted(session, table)} SET ${assignments.join(', ')} WHERE ${which.join(' AND ')}`;
}

function afterKey(session: SqlSession, key: readonly string[], after: readonly string[] | undefined): string {
  if (after === undefined) {
    return '';
  }
  const tuple = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(', ')})`);
  return `WHERE ${tuple(key.map((name) => session.name(name)))} > ${tuple(after.map((value) => session.text(value)))}`;
}
