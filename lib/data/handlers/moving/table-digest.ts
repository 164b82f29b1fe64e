import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalRow } from './canonical-value';
import type { Column } from './catalog';
import { textOf, type Value } from './sql-session';

/** How many ranges of a table are told apart. With more rows the ranges grow. */
const MOST_RANGES = 512;

/** Characters of a text key that tell ranges apart, at first. */
const LONGEST_PREFIX = 64;

const SUM = (1n << 128n) - 1n;
const RANGE_SUM = (1n << 64n) - 1n;

const INTEGERS = ['int2', 'int4', 'int8', 'tinyint', 'smallint', 'mediumint', 'int', 'bigint'];

/** A digest as it is kept between two invocations and in a measurement. */
export const StoredDigest = z.object({
  rows: z.number(),
  sum: z.string(),
  key: z.string(),
  numeric: z.boolean(),
  level: z.number(),
  ranges: z.record(z.string(), z.tuple([z.number(), z.string()])),
});
export type StoredDigest = z.infer<typeof StoredDigest>;

interface Range {
  rows: number;
  sum: bigint;
}

/**
 * Number of rows and checksum of a table, for rows in any order: each row is hashed, and the hashes are added, so that a
 * row that is there twice counts twice and two rows that swapped a value do not cancel out.
 *
 * The same for up to 512 ranges of one column, so that a difference can be named: `id` where there is one, otherwise the
 * first column. Ranges of numbers are aligned to powers of two, ranges of texts are beginnings; both grow by joining
 * neighbours, so that two digests of different growth can still be compared.
 */
export class TableDigest {
  /** The digest of rows with these columns, empty or as it was stored. */
  public static of(columns: readonly Column[], stored?: StoredDigest): TableDigest {
    const key = columns.find(({ name }) => name.toLowerCase() === 'id') ?? columns[0];
    const index = key === undefined ? 0 : columns.indexOf(key);
    const digest = new TableDigest(columns, index, key?.name ?? '', INTEGERS.includes(key?.type ?? ''));
    if (stored !== undefined) {
      digest.restore(stored);
    }
    return digest;
  }

  public rows = 0;
  private sum = 0n;
  private level: number;
  private ranges = new Map<string, Range>();
  private readonly canonical: (row: readonly Value[]) => Value[];

  private constructor(
    columns: readonly Column[],
    private readonly keyIndex: number,
    private readonly key: string,
    private readonly numeric: boolean,
  ) {
    this.canonical = canonicalRow(columns);
    this.level = numeric ? 0 : LONGEST_PREFIX;
  }

  public add(row: readonly Value[]): void {
    const hash = createHash('sha256')
      .update(encode(this.canonical(row)), 'latin1')
      .digest();
    const high = hash.readBigUInt64BE(0);
    this.rows += 1;
    this.sum = (this.sum + ((high << 64n) | hash.readBigUInt64BE(8))) & SUM;
    const id = rangeOf(row[this.keyIndex] ?? '', this.numeric, this.level);
    const range = this.ranges.get(id);
    if (range === undefined) {
      this.ranges.set(id, { rows: 1, sum: high });
      this.grow();
    } else {
      range.rows += 1;
      range.sum = (range.sum + high) & RANGE_SUM;
    }
  }

  public store(): StoredDigest {
    return {
      rows: this.rows,
      sum: this.sum.toString(16),
      key: this.key,
      numeric: this.numeric,
      level: this.level,
      ranges: Object.fromEntries([...this.ranges].map(([id, { rows, sum }]) => [id, [rows, sum.toString(16)]])),
    };
  }

  private restore({ rows, sum, level, ranges }: StoredDigest): void {
    this.rows = rows;
    this.sum = BigInt(`0x${sum}`);
    this.level = level;
    this.ranges = rangesOf(ranges);
  }

  private grow(): void {
    while (this.ranges.size > MOST_RANGES) {
      const level = this.numeric ? this.level + 1 : this.level - 1;
      this.ranges = joined(this.ranges, this.numeric, this.level, level);
      this.level = level;
    }
  }
}

/** Which ranges differ, in words: `id 4096 to 4607: 512 rows, then 511`. */
export function differingRanges(before: StoredDigest, after: StoredDigest): string[] {
  const { numeric, key } = before;
  if (after.key !== key || after.numeric !== numeric) {
    return [];
  }
  const level = numeric ? Math.max(before.level, after.level) : Math.min(before.level, after.level);
  const one = joined(rangesOf(before.ranges), numeric, before.level, level);
  const other = joined(rangesOf(after.ranges), numeric, after.level, level);
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((id) => one.get(id)?.rows !== other.get(id)?.rows || one.get(id)?.sum !== other.get(id)?.sum)
    .sort((left, right) => (numeric ? Number(BigInt(left) - BigInt(right)) : left < right ? -1 : 1))
    .map((id) => {
      const counts = [one.get(id)?.rows ?? 0, other.get(id)?.rows ?? 0];
      const where = numeric ? numbersOf(id, level) : `beginning with ${JSON.stringify(textOf(id))}`;
      return `${key} ${where}: ${counts.join(' rows, then ')}`;
    });
}

function numbersOf(id: string, level: number): string {
  const first = BigInt(id) << BigInt(level);
  const last = first + (1n << BigInt(level)) - 1n;
  return first === last ? String(first) : `${first} to ${last}`;
}

function rangesOf(stored: StoredDigest['ranges']): Map<string, Range> {
  return new Map(Object.entries(stored).map(([id, [rows, sum]]) => [id, { rows, sum: BigInt(`0x${sum}`) }]));
}

/** The range of a key. What is no number stands with 0: the server will not take it. */
function rangeOf(key: string, numeric: boolean, level: number): string {
  return numeric ? String(BigInt(/^-?\d+$/.test(key) ? key : 0) >> BigInt(level)) : key.slice(0, level);
}

/** The same ranges, joined from one level to a coarser one. */
function joined(ranges: ReadonlyMap<string, Range>, numeric: boolean, from: number, to: number): Map<string, Range> {
  const coarser = new Map<string, Range>();
  for (const [id, { rows, sum }] of ranges) {
    const wider = numeric ? String(BigInt(id) >> BigInt(to - from)) : id.slice(0, to);
    const range = coarser.get(wider) ?? { rows: 0, sum: 0n };
    coarser.set(wider, { rows: range.rows + rows, sum: (range.sum + sum) & RANGE_SUM });
  }
  return coarser;
}

/** No two rows have the same encoding: each value carries its length. */
function encode(row: readonly Value[]): string {
  return row.map((value) => (value === null ? '-' : `${value.length}:${value}`)).join('');
}
