import { labelOf, quoted, type Column } from '../moving/catalog';
import { textOf, type SqlSession } from '../moving/sql-session';
import { holdsText, type TablePlan } from './mask-plan';
import type { Finding, MaskRegister, MaskState } from './mask-register';
import { emailsIn, namesIn, phonesIn, type Token } from './personal-tokens';
import { digest, withoutPseudonyms } from './pseudonym';

/** Looks through every text of every table for anybody's address, number or name, until all is seen or time is up. */
export async function verifyRows(
  session: SqlSession,
  register: MaskRegister,
  plans: readonly TablePlan[],
  state: MaskState,
  hasTime: () => boolean,
): Promise<MaskState> {
  let current = state;
  const left = plans.filter(({ table }) => !state.verified.includes(labelOf(table)));
  const originals = left.length === 0 ? new Set<string>() : await register.originalDigests();
  const key = Buffer.from(state.key, 'hex');
  for (const plan of left) {
    if (!hasTime()) {
      return current;
    }
    const findings = await findIn(session, plan, (token) => originals.has(digest(key, token)));
    const verified = [...current.verified, labelOf(plan.table)];
    current = { ...current, verified, findings: [...current.findings, ...findings] };
    await session.script([register.statementFor(current)]);
  }
  return current;
}

async function findIn(
  session: SqlSession,
  plan: TablePlan,
  isSomebodys: (token: Token) => boolean,
): Promise<Finding[]> {
  const { table } = plan;
  const columns = table.columns.filter(holdsText);
  if (columns.length === 0) {
    return [];
  }
  const found = new Map<string, Finding>();
  const names = columns.map(({ name }) => session.name(name)).join(', ');
  await session.read(`SELECT ${names} FROM ${quoted(session, table)}`, (rows) => {
    for (const row of rows) {
      columns.forEach((column, index) => {
        const value = row[index] ?? null;
        const kinds =
          value === null ? [] : kindsIn(withoutPseudonyms(readable(textOf(value))), plan, column, isSomebodys);
        for (const kind of kinds) {
          const id = `${kind} ${column.name}`;
          const before = found.get(id)?.rows ?? 0;
          found.set(id, { table: labelOf(table), column: column.name, kind, rows: before + 1 });
        }
      });
    }
  });
  return [...found.values()];
}

function kindsIn(text: string, plan: TablePlan, column: Column, isSomebodys: (token: Token) => boolean): Set<string> {
  const kinds = new Set<string>();
  const isKept = plan.kept.has(column.name);
  const isDeclared = plan.rules.some((rule) => rule.column === column && rule.where === undefined);
  for (const address of emailsIn(text)) {
    if (isSomebodys(`email:${address}`)) {
      kinds.add('email');
    } else if (!isKept && !isDeclared) {
      kinds.add('emailShaped');
    }
  }
  if (phonesIn(text).some(isSomebodys)) {
    kinds.add('phone');
  }
  for (const name of namesIn(text, isKept ? 2 : 1)) {
    if (isSomebodys(name)) {
      kinds.add('name');
      break;
    }
  }
  return kinds;
}

/** A text with the characters that JSON and URLs write as numbers. */
function readable(text: string): string {
  const plain = text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return plain.replaceAll(/%40/gi, '@').replaceAll(/\\[nrt]/g, ' ');
}
