import * as fc from 'fast-check';
import { canonicalOf } from '../../../../lib/data/handlers/moving/canonical-value';
import { type Column } from '../../../../lib/data/handlers/moving/catalog';
import { differingRanges, TableDigest } from '../../../../lib/data/handlers/moving/table-digest';
import { type Value } from '../../../../lib/data/handlers/moving/sql-session';

const column = (name: string, type: string): Column => ({ name, type, isNullable: true });
const NUMBERED = [column('id', 'int8'), column('note', 'text')];
const NAMED = [column('id', 'text'), column('note', 'text')];

function digestOf(columns: readonly Column[], rows: readonly (readonly Value[])[]): TableDigest {
  const digest = TableDigest.of(columns);
  rows.forEach((row) => digest.add(row));
  return digest;
}

const rows = fc.array(
  fc.tuple(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String), fc.option(fc.string())),
);

test('is the same for the same rows in any order, also when it was stored in between', () => {
  fc.assert(
    fc.property(rows, fc.nat(), (given, at) => {
      const before = TableDigest.of(NUMBERED, digestOf(NUMBERED, given.slice(0, at)).store());
      given.slice(at).forEach((row) => before.add(row));
      const other = digestOf(NUMBERED, [...given].reverse()).store();
      expect({ ...before.store(), ranges: {} }).toEqual({ ...other, ranges: {} });
      expect(differingRanges(before.store(), other)).toEqual([]);
    }),
  );
});

test('is another one when a value moved to the column beside it, or from one row to another', () => {
  const sum = (...given: Value[][]): string => digestOf(NAMED, given).store().sum;
  expect(sum(['1', 'ab'])).not.toBe(sum(['1a', 'b']));
  expect(sum(['1', null])).not.toBe(sum(['1', '']));
  expect(sum(['1', 'a'], ['2', 'b'])).not.toBe(sum(['1', 'b'], ['2', 'a']));
  expect(sum(['1', 'a'], ['1', 'a'])).not.toBe(sum());
});

test('does not depend on the order of columns', () => {
  const one = digestOf(NUMBERED, [['1', 'a']]).store();
  expect(digestOf([...NUMBERED].reverse(), [['a', '1']]).store()).toEqual(one);
});

test.each([
  ['numbers', NUMBERED, (index: number) => String(index), 'id 5120 to 5135: 16 rows, then 16'],
  [
    'texts',
    NAMED,
    (index: number) => `order_01${String(index).padStart(5, '0')}`,
    'id beginning with "order_01051": 100 rows, then 100',
  ],
])('names where two tables differ whose keys are %s, when one has grown further', (_, columns, key, where) => {
  const given = (count: number): Value[][] => [...Array(count).keys()].map((index) => [key(index), 'note']);
  const before = given(6_000);
  const after = given(6_000);
  after[5_123] = [key(5_123), 'other'];
  expect(differingRanges(digestOf(columns, before).store(), digestOf(columns, after).store())).toEqual([where]);
  const shorter = digestOf(columns, given(90)).store();
  expect(differingRanges(shorter, digestOf(columns, after).store()).length).toBeGreaterThan(1);
});

test.each([
  ['float8', '0.30000000000000004', '3.0000000000000004e-1', true],
  ['float8', 'NaN', 'NaN', true],
  ['float8', '-0', '0', true],
  ['float8', '0.3', '0.30000000000000004', false],
  ['float4', '0.1', '0.100000001', true],
  ['float', '123457', '1.23457e5', true],
  ['numeric', '1.50', '1.5', false],
  ['timestamptz', '2026-01-01 03:30:00.5+05:30', '2025-12-31 22:00:00.5+00', true],
  ['timestamptz', '2026-01-01 00:00:00-08', '2026-01-01 00:00:00+08', false],
  ['timestamptz', 'infinity', 'infinity', true],
  ['timestamp', '2026-01-01 00:00:00', '2026-01-01 00:00:01', false],
  ['bytea', '\\x00FF', '\\000\\377', true],
  ['bytea', 'a\\\\b', '\\x615c62', true],
  ['bit', '\0\x01', '\x01', true],
  ['text', '1.0', '1', false],
])('takes two spellings of a %s, %s and %s, for the same: %s', (type, one, other, same) => {
  const canonical = canonicalOf(column('value', type));
  expect(canonical(one) === canonical(other)).toBe(same);
});
