import { labelOf, namedTablesOf, type Table } from '../../../data/handlers/moving/catalog';
import type { SqlSession } from '../../../data/handlers/moving/sql-session';
import { countRows, digestBefore, type Baseline, type Frozen } from './baseline';
import type { ExpectedTable, RestoreFinding } from './expectation';
import type { Removal } from './removals';

const SUM = (1n << 128n) - 1n;

/** Compares the tables of a copy with what is declared and with what the live database held before. */
export async function checkTables(
  session: SqlSession,
  expected: readonly ExpectedTable[],
  baseline: Baseline,
  removals: readonly Removal[],
  recoveryPoint: Date,
): Promise<RestoreFinding[]> {
  const found = new Map((await namedTablesOf(session)).map((table) => [labelOf(table), table]));
  const findings: RestoreFinding[] = [];
  for (const each of expected) {
    const label = labelOf(each);
    if (each.optional === true && baseline.tables[label] === undefined) {
      continue;
    }
    const table = found.get(label);
    if (table === undefined) {
      findings.push({ kind: 'TableMissing', subject: label, detail: 'the copy has no such table' });
      continue;
    }
    const removed = removals.filter(
      (removal) => removal.table === label && isBetween(removal, baseline, recoveryPoint),
    );
    findings.push(...(await checkRows(session, table, each, baseline, removed)));
    findings.push(...(await checkFrozen(session, table, each, baseline, removed)));
  }
  return findings;
}

/** What was removed before the baseline is not in it; what was removed after the recovery point is still in the copy. */
function isBetween({ at }: Removal, { takenAt }: Baseline, recoveryPoint: Date): boolean {
  return Date.parse(at) > Date.parse(takenAt) && Date.parse(at) <= recoveryPoint.getTime();
}

async function checkRows(
  session: SqlSession,
  table: Table,
  { atLeast = 0, mayShrink = 0 }: ExpectedTable,
  { tables }: Baseline,
  removed: readonly Removal[],
): Promise<RestoreFinding[]> {
  const subject = labelOf(table);
  const before = tables[subject];
  if (before === undefined) {
    return [{ kind: 'BaselineIncomplete', subject, detail: 'the baseline has no such table' }];
  }
  const left = before.rows - removed.reduce((sum, { rows }) => sum + rows, 0);
  const floor = Math.max(atLeast, Math.ceil(left * (1 - mayShrink)));
  const rows = await countRows(session, table);
  return rows >= floor ? [] : [{ kind: 'RowsMissing', subject, detail: `${rows} rows, at least ${floor} expected` }];
}

async function checkFrozen(
  session: SqlSession,
  table: Table,
  { immutable }: ExpectedTable,
  { tables }: Baseline,
  removed: readonly Removal[],
): Promise<RestoreFinding[]> {
  const subject = labelOf(table);
  const frozen = tables[subject]?.frozen;
  if (immutable === undefined) {
    return [];
  }
  if (frozen === undefined) {
    return [{ kind: 'BaselineIncomplete', subject, detail: `the baseline has no checksum by ${immutable.column}` }];
  }
  // A migration may have added columns since: what was measured is compared.
  const columns = table.columns.filter(({ name }) => frozen.columns.includes(name));
  const missing = frozen.columns.filter((name) => !columns.some((column) => column.name === name));
  if (missing.length > 0) {
    return [{ kind: 'ColumnMissing', subject, detail: `the copy lacks ${missing.join(', ')}` }];
  }
  const wanted = without(frozen, removed);
  const got = await digestBefore(session, table, columns, frozen);
  if (got.rows === wanted.rows && BigInt(`0x${got.sum}`) === wanted.sum) {
    return [];
  }
  const detail = `rows of before ${frozen.before}: ${wanted.rows} expected, ${got.rows} found, checksums differ`;
  return [{ kind: 'RowsChanged', subject, detail }];
}

/** Checksums are sums of hashes, so what was removed is subtracted. */
function without({ rows, sum }: Frozen, removed: readonly Removal[]): { rows: number; sum: bigint } {
  const gone = removed.flatMap(({ frozen }) => (frozen === undefined ? [] : [frozen]));
  return {
    rows: gone.reduce((left, each) => left - each.rows, rows),
    sum: gone.reduce((left, each) => (left - BigInt(`0x${each.sum}`)) & SUM, BigInt(`0x${sum}`)),
  };
}
