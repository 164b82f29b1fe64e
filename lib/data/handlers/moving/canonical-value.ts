import type { Column } from './catalog';
import type { Value } from './sql-session';

/** Makes two texts for one value the same text. */
export type Canonical = (value: string) => string;

const AS_IT_IS: Canonical = (value) => value;

/**
 * How a value of this type is written before it is compared. A dump was written by another server, in its time zone and
 * with its digits; what differs between the two and means the same is made the same here, and nothing else is.
 */
export function canonicalOf({ type }: Column): Canonical {
  return CANONICAL[type] ?? AS_IT_IS;
}

const CANONICAL: Readonly<Record<string, Canonical>> = {
  // PostgreSQL: the shortest text, or nine digits from a server before 12; both are the same float.
  float4: (value) => numeric(value, (number) => String(Math.fround(number))),
  float8: (value) => numeric(value, String),
  timestamptz: inUtc,
  bytea: asHex,
  // MySQL shows six digits of a float, and exponents in more than one way.
  float: (value) => numeric(value, (number) => String(Number(number.toPrecision(6)))),
  double: (value) => numeric(value, String),
  // As a number in a dump, padded to whole bytes by the server.
  bit: (value) => value.replace(/^\0+/, ''),
};

function numeric(value: string, render: (number: number) => string): string {
  const number = Number(value);
  // NaN and the infinities are words, and stay.
  return Number.isFinite(number) ? render(number === 0 ? 0 : number) : value;
}

const MOMENT = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d+)?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** A moment of a server in any time zone. What has no four-digit year is rare and left as it is. */
function inUtc(value: string): string {
  const [, year, month, day, hour, minute, second, fraction = '', sign, ...offset] = MOMENT.exec(value) ?? [];
  if (year === undefined) {
    return value;
  }
  const [hours, minutes, seconds] = offset.map((part) => Number(part ?? 0)) as [number, number, number];
  const ahead = (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds) * 1000;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return `${new Date(local - ahead).toISOString().slice(0, 19)}${fraction}`;
}

/** PostgreSQL writes bytes in hexadecimal, or as text with octal escapes when told to. */
function asHex(value: string): string {
  if (value.startsWith('\\x')) {
    return value.toLowerCase();
  }
  const bytes = value.replaceAll(/\\(\\|[0-7]{3})/g, (_, escaped: string) =>
    escaped === '\\' ? '\\' : String.fromCharCode(parseInt(escaped, 8)),
  );
  return `\\x${Buffer.from(bytes, 'latin1').toString('hex')}`;
}

/** A row before it is compared: its values in the order of the names of their columns. */
export function canonicalRow(columns: readonly Column[]): (row: readonly Value[]) => Value[] {
  const order = columns
    .map((column, index) => ({ column, index, canonical: canonicalOf(column) }))
    .sort((one, other) => (one.column.name < other.column.name ? -1 : 1));
  return (row) =>
    order.map(({ index, canonical }) => {
      const value = row[index] ?? null;
      return value === null ? null : canonical(value);
    });
}
