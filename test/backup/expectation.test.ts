import { Duration } from 'aws-cdk-lib';
import { Application, DatabaseEngine, Restored } from '../../lib';
import { expectationOf } from '../../lib/backup/expectation';
import { Expectation } from '../../lib/backup/handlers/restored/expectation';
import { refusal } from '../support/refusal';

const POINT = { point: Duration.minutes(15) };
const POSTGRESQL = {
  engine: DatabaseEngine.auroraPostgresql('17'),
  masterUsername: 'clusteradmin',
  clusterIdentifier: 'acme',
};
const MYSQL = { engine: DatabaseEngine.auroraMysql('8.4'), masterUsername: 'clusteradmin', clusterIdentifier: 'acme' };
const IMAGE = `registry.example/shop@sha256:${'0'.repeat(64)}`;

test('what is declared reaches the function as it reads it', () => {
  const orders = Restored.table('orders').immutableAfter('completed_at', Duration.days(30)).atLeast(1).mayShrink(0.5);
  const expected = [orders, Restored.table('items', { schema: 'stock' }).whereThere()];
  expect(Expectation.parse(expectationOf(expected, POSTGRESQL, POINT))).toEqual({
    tables: [
      { schema: 'public', name: 'orders', atLeast: 1, mayShrink: 0.5, immutable: { column: 'completed_at', days: 30 } },
      { schema: 'stock', name: 'items', optional: true },
    ],
    cluster: 'acme',
    heartbeatSeconds: 300,
    recoveryPointSeconds: 900,
    masterUser: 'clusteradmin',
  });
});

test.each([
  ['Medusa', Application.medusa({ image: IMAGE }), POSTGRESQL, ['public.order', 'public.capture']],
  ['WooCommerce', Application.woocommerce({ image: IMAGE, tablePrefix: 'shop_' }), MYSQL, ['.shop_wc_orders']],
])('%s brings its own tables', (_, { database }, engine, names) => {
  const { tables } = Expectation.parse(expectationOf(database?.restored ?? [], engine, POINT));
  expect(tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual(expect.arrayContaining(names));
  expect(tables.some(({ immutable }) => immutable !== undefined)).toBe(true);
});

test('tables that WordPress and WooCommerce tidy up each day may lose rows, and orders placed long ago none', () => {
  const { database } = Application.woocommerce({ image: IMAGE });
  const { tables } = Expectation.parse(expectationOf(database?.restored ?? [], MYSQL, POINT));
  const shares = Object.fromEntries(tables.map(({ name, mayShrink }) => [name, mayShrink]));
  // woocommerce_cleanup_draft_orders, wp_scheduled_auto_draft_delete, wp_scheduled_delete, expired transients.
  expect(shares).toMatchObject({ wp_wc_orders: 0.5, wp_posts: 0.5, wp_postmeta: 0.5, wp_options: 1 });
  expect(shares.wp_wc_order_product_lookup).toBeUndefined();
});

test('a share of rows is one', () => {
  for (const share of [0, -1, 1.1, NaN]) {
    expect(() => Restored.table('drafts').mayShrink(share)).toThrow(refusal(['RestoredShareInvalid'], 'at most 1'));
  }
});

test.each([
  ['RestoredTablesMissing', [], POSTGRESQL, POINT, 'is always right'],
  [
    'RestoredTableTwice',
    [Restored.table('a'), Restored.table('a', { schema: 'public' })],
    POSTGRESQL,
    POINT,
    'public.a',
  ],
  ['RestoredSchemaUnknown', [Restored.table('a', { schema: 'public' })], MYSQL, POINT, 'MySQL has no schemas'],
  ['RecoveryPointTooShort', [Restored.table('a')], MYSQL, { point: Duration.minutes(5) }, 'the distance of two'],
])('%s', (code, expected, engine, objectives, text) => {
  expect(() => expectationOf(expected, engine, objectives)).toThrow(refusal([code], text));
});
