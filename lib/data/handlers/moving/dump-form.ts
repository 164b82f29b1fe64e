import { labelOf, type Column, type Table } from './catalog';
import type { DumpText } from './dump-text';
import { LoadError } from './load-error';
import type { Value } from './sql-session';

/** The table whose rows come next. */
export interface Block {
  readonly schema: string;
  readonly table: string;
  /** Undefined where a dump means all of them, in their order. */
  readonly columns?: readonly string[];
}

/** What a dump has said of itself so far. It is kept with the position. */
export interface Said {
  /** The block whose rows come next. */
  readonly block?: Block;
  /** Whether times are written in UTC. */
  readonly inUtc: boolean;
}

export interface Statement {
  readonly kind: 'statement';
  readonly text: string;
  /** Whether it is run. What is left out concerns users, privileges or the session that reads the dump. */
  readonly runs: boolean;
  /** What it is, in the dump's own keywords. */
  readonly what: string;
  /** The table that it creates. */
  readonly creates?: Pick<Block, 'schema' | 'table'>;
}

export interface RowsPart {
  readonly kind: 'rows';
  readonly block: Block;
  readonly rows: readonly (readonly Value[])[];
  /** The same rows as they stand in the dump. */
  readonly raw: string;
}

/** The next thing in a dump, and what is known after it. */
export interface Part {
  readonly what: Statement | RowsPart | { readonly kind: 'end' };
  readonly said: Said;
}

/** How a kind of dump is written. */
export interface DumpForm {
  /** Throws unless the dump begins as dumps of this kind do. */
  check(dump: DumpText): Promise<void>;
  /** Takes the next part. */
  next(dump: DumpText, said: Said): Promise<Part>;
}

/** Bytes of rows that are loaded in one transaction, and read again when it fails. */
export const BATCH = 2 * 1024 * 1024;

/** The longest statement or row: twice what Aurora MySQL takes as one packet, and what a function has the memory for. */
export const LONGEST = 128 * 1024 * 1024;

/** Bytes that tell what begins here. */
const TELLING = 64;

/** Reads as much as it takes to tell what comes next. */
export async function readOn(dump: DumpText): Promise<void> {
  await dump.until((text) => (text.length >= TELLING ? 0 : undefined), LONGEST);
}

/** What gzip, bzip2 and zstd write first. */
const COMPRESSED = ['\x1f\x8b', 'BZh', '(\xb5\x2f\xfd'];

/** Refuses what could not be resumed without reading all of it again. */
export function requireUncompressed({ text }: DumpText): void {
  if (COMPRESSED.some((mark) => text.startsWith(mark))) {
    throw new LoadError('DumpFormUnknown', 'the dump is compressed: unpack it first, so that loading can resume');
  }
}

/** Refuses a statement that is not on the list, by its keywords and its place: never by what stands in it. */
export function refuse(skeleton: string, offset: number): never {
  throw new LoadError(
    'StatementRefused',
    `byte ${offset}: ${keywords(skeleton)} is not among the statements that are loaded; leave it out of the dump and ` +
      'have the application or a migration make it',
  );
}

/** The words in front, `CREATE EVENT TRIGGER`: dumps write keywords in capitals, and quote a name in capitals. */
export function keywords(skeleton: string): string {
  const [words] = /^[A-Z]+(?: [A-Z]{2,}){0,2}/.exec(skeleton) ??
    /^\\?[a-z]+|^\\./i.exec(skeleton) ?? ['what stands here'];
  return words.slice(0, 40).toUpperCase();
}

export function damaged(offset: number, what: string): LoadError {
  return new LoadError('DumpDamaged', `byte ${offset}: ${what}`);
}

/** Column types whose values are bytes and not text. */
export function isBinary({ type }: Column): boolean {
  return /blob$|binary$|^bit$|^geometry|point$|^linestring|polygon$|collection$/.test(type);
}

/** Rows for a table, without values that its server computes. */
export interface FittedRows {
  readonly columns: readonly Column[];
  readonly rows: RowsPart['rows'];
}

/** Gives each value of a part its column: MariaDB writes values of computed columns too, and takes them back with a warning. */
export function fit(table: Table, { block, rows }: RowsPart, offset: number): FittedRows {
  const stored = table.columns.map(({ name }) => name);
  const names = block.columns ?? (rows[0]?.length === stored.length ? stored : table.everyColumn);
  const isKnown = names.every((name) => table.everyColumn.includes(name));
  if (!isKnown || rows.some((row) => row.length !== names.length)) {
    throw damaged(offset, `a row of ${labelOf(table)} has other columns than the table`);
  }
  const kept = names.flatMap((name, index) => (stored.includes(name) ? [index] : []));
  const columns = kept.map((index) => table.columns.find(({ name }) => name === names[index]) as Column);
  return kept.length === names.length
    ? { columns, rows }
    : { columns, rows: rows.map((row) => kept.map((index) => row[index] ?? null)) };
}
