import * as z from 'zod';
import { number, oneOf, problemsOf, refuse, text } from '../../lib/app/schema';

const schema = z
  .strictObject({
    id: text((input) => /^[a-z]+$/.test(input), {
      code: 'IdNotAName',
      bound: 'be lower-case letters',
      remedy: 'Choose one.',
    }),
    tier: oneOf(['starter', 'standard'], { code: 'TierUnknown', remedy: 'Choose one.' }),
    database: z.optional(
      z.strictObject({ capacity: number(0.5, 256, 0.5, { code: 'CapacityOutOfRange', remedy: 'Change it.' }) }),
    ),
    hosts: z.optional(z.array(text(() => true, { code: 'HostNotAName', bound: 'be a name', remedy: 'Write one.' }))),
  })
  .superRefine(({ id, tier }, context) => {
    if (id === tier) {
      refuse(context, ['id'], id, { code: 'IdIsTier', bound: 'not be a tier', remedy: 'Choose another.' });
    }
  });

const good = { id: 'acme', tier: 'starter' };
const codes = (input: unknown): string[] =>
  problemsOf(schema, input).map(({ code, property }) => `${code} at ${property}`);

test('says nothing of a good input', () => {
  expect(codes({ ...good, database: { capacity: 4.5 }, hosts: ['shop'] })).toEqual([]);
});

test('finds everything at once, each with its place', () => {
  expect(
    codes({ id: 'A!', tier: 'gold', database: { capacity: 0.7, replicas: 1 }, hosts: ['a', 2], extra: true }),
  ).toEqual([
    'IdNotAName at id',
    'TierUnknown at tier',
    'CapacityOutOfRange at database.capacity',
    'UnknownKey at database.replicas',
    'HostNotAName at hosts[1]',
    'UnknownKey at extra',
  ]);
});

test('refuses a missing value by its own rule, and prints what was given', () => {
  expect(problemsOf(schema, { tier: 'starter' })).toEqual([
    { code: 'IdNotAName', property: 'id', value: undefined, bound: 'be lower-case letters', remedy: 'Choose one.' },
  ]);
});

test('refuses a combination of good values', () => {
  expect(codes({ id: 'starter', tier: 'starter' })).toEqual(['IdIsTier at id']);
});

test('refuses another type of thing', () => {
  expect(problemsOf(schema, { ...good, database: 4 })).toEqual([
    expect.objectContaining({ code: 'WrongType', property: 'database', value: 4, bound: 'be an object, { … }' }),
  ]);
});
