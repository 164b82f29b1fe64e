import * as z from 'zod/mini';
import { labelOf, type Column, type Table } from '../moving/catalog';
import { LoadError } from '../moving/load-error';
import { roomFor } from './pseudonym';

/** What a column holds of a person, and so what stands in its place afterwards. */
export const KINDS = ['email', 'name', 'phone', 'address', 'freeText', 'removed'] as const;
export type Kind = (typeof KINDS)[number];

/** What is masked, as the constructs write it. */
export const MaskPlan = z.object({
  columns: z.array(
    z.object({
      table: z.string(),
      column: z.string(),
      kind: z.enum(KINDS),
      /** Only in rows whose column `column` has one of these values. */
      where: z.optional(z.object({ column: z.string(), values: z.array(z.string()) })),
      /** Passed over where the table has no such column. */
      optional: z.boolean(),
    }),
  ),
  emptied: z.array(z.string()),
  /** The shop's own words: an address or a word there is nobody's. Without a column, the whole table. */
  kept: z.array(z.object({ table: z.string(), column: z.optional(z.string()) })),
});
export type MaskPlan = z.infer<typeof MaskPlan>;

/** One column of a table that is there, and what becomes of it. */
export interface Rule {
  readonly column: Column;
  readonly kind: Kind;
  readonly where?: { readonly column: string; readonly values: readonly string[] };
}

/** What happens to a table. */
export interface TablePlan {
  readonly table: Table;
  readonly rules: readonly Rule[];
  readonly isEmptied: boolean;
  /** Columns of the shop's own words. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Holds a plan against the tables that are there. A table that is not there is another module's, and nothing to mask; a
 * column that is not there is a plan that was written for another version.
 *
 * @throws LoadError `UnknownColumn`, `NoPrimaryKey`, `ColumnTooNarrow`
 */
export function resolvePlan(plan: MaskPlan, tables: readonly Table[]): TablePlan[] {
  return tables.map((table) => {
    const isHere = ({ table: name }: { table: string }): boolean => [labelOf(table), bareName(table)].includes(name);
    const planned = plan.columns.filter(isHere);
    const there = planned.filter(({ column, optional }) => !optional || table.everyColumn.includes(column));
    const rules = there.map(({ column, kind, where }) => {
      [column, ...(where === undefined ? [] : [where.column])].forEach((name) => columnOf(table, name));
      return { column: requireRoom(table, columnOf(table, column), kind), kind, where };
    });
    requireKey(table, rules);
    const kept = plan.kept.filter(isHere).flatMap(({ column }) => column ?? table.columns.map(({ name }) => name));
    return { table, rules, isEmptied: plan.emptied.some((name) => isHere({ table: name })), kept: new Set(kept) };
  });
}

function bareName({ schema, name }: Table): string | undefined {
  return schema === 'public' ? name : undefined;
}

function columnOf(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) {
    throw new LoadError('UnknownColumn', `${labelOf(table)} has no column ${name}`);
  }
  return found;
}

function requireRoom(table: Table, column: Column, kind: Kind): Column {
  const where = `${labelOf(table)}.${column.name}`;
  if (kind !== 'removed' && !isText(column)) {
    throw new LoadError('UnknownColumn', `${where} is of type ${column.type}: declare it as removed`);
  }
  if (column.length !== undefined && column.length < roomFor(kind)) {
    throw new LoadError('ColumnTooNarrow', `${where} takes ${column.length} characters: declare it as removed`);
  }
  return column;
}

function requireKey(table: Table, rules: readonly Rule[]): void {
  const { primaryKey } = table;
  if (rules.length > 0 && (primaryKey.length === 0 || rules.some(({ column }) => primaryKey.includes(column.name)))) {
    throw new LoadError('NoPrimaryKey', `${labelOf(table)} has no primary key outside its masked columns`);
  }
}

/** Whether a column takes any text. */
export function isText({ type }: Column): boolean {
  return /^(text|varchar|bpchar|citext|char|tinytext|mediumtext|longtext)$/.test(type);
}

/** Whether text may stand in a column in any form. */
export function holdsText(column: Column): boolean {
  return isText(column) || /json|xml|hstore|blob|binary|^_(text|varchar|bpchar)$/.test(column.type);
}
