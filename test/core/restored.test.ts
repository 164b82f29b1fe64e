import { Duration } from 'aws-cdk-lib';
import { Restored } from '../../lib';
import { refusal } from '../support/refusal';

test('a table is declared in one sentence, and a declaration that goes on leaves the one before as it was', () => {
  const orders = Restored.table('orders', { schema: 'sales' });
  const more = orders.immutableAfter('completed_at', Duration.days(30)).atLeast(5).whereThere();
  expect(orders._render()).toEqual({ schema: 'sales', name: 'orders' });
  expect(more._render()).toEqual({
    schema: 'sales',
    name: 'orders',
    immutable: { column: 'completed_at', days: 30 },
    atLeast: 5,
    optional: true,
  });
});

test.each(['', 'or ders', 'public.orders', '"orders"', "orders'; DROP TABLE orders; --", '1st', 'a'.repeat(64)])(
  'the name %j is refused',
  (name) => {
    const refused = refusal(['RestoredNameInvalid'], `is ${JSON.stringify(name)}; it must be`);
    expect(() => Restored.table(name)).toThrow(refused);
    expect(() => Restored.table('orders', { schema: name })).toThrow(refused);
    expect(() => Restored.table('orders').immutableAfter(name, Duration.days(30))).toThrow(refused);
  },
);

test.each([-1, 0.5, NaN, Infinity])('%d rows are refused', (rows) => {
  expect(() => Restored.table('orders').atLeast(rows)).toThrow(refusal(['RestoredFloorInvalid'], 'atLeast is'));
});

test.each([Duration.hours(12), Duration.hours(36), Duration.days(0), Duration.days(36_501)])(
  'an age of %s is refused',
  (age) => {
    const declare = (): Restored => Restored.table('orders').immutableAfter('completed_at', age);
    expect(declare).toThrow(refusal(['RestoredAgeInvalid'], 'Write Duration.days(30)'));
  },
);
