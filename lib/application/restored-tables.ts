import { Duration } from 'aws-cdk-lib';
import { Restored } from '../core/restored';

/** Money that moved is written once in Medusa; a refund that turns out wrong is another one. */
const LEDGER_AGE = Duration.days(30);

/** Lines of orders that were placed so long ago are neither refunded nor counted anew. */
const ORDER_LINES_AGE = Duration.days(365);

/** Tables of Medusa 2's own modules: packages/modules/<module>/src/models in its repository. */
export function medusaTables(): Restored[] {
  return [
    ...['customer', 'order', 'order_item', 'order_line_item', 'payment', 'product', 'product_variant'].map((name) =>
      Restored.table(name),
    ),
    // A shop has users, or nobody administrates it, and it knows how its tables were made.
    ...['user', 'mikro_orm_migrations'].map((name) => Restored.table(name).atLeast(1)),
    ...['capture', 'refund'].map((name) => Restored.table(name).immutableAfter('created_at', LEDGER_AGE)),
  ].map((table) => table.whereThere());
}

/** Tables of WordPress (wp-admin/includes/schema.php) and of WooCommerce (WC_Install, OrdersTableDataStore). */
export function wooCommerceTables(prefix: string): Restored[] {
  const table = (name: string): Restored => Restored.table(prefix + name);
  return [
    // Orders are in tables of their own, or in posts.
    ...['wc_orders', 'wc_order_addresses', 'wc_customer_lookup'].map((name) => table(name).whereThere()),
    ...['woocommerce_order_items', 'woocommerce_order_itemmeta', 'postmeta', 'usermeta'].map(table),
    ...['options', 'posts', 'users'].map((name) => table(name).atLeast(1)),
    table('wc_order_product_lookup').immutableAfter('date_created', ORDER_LINES_AGE).whereThere(),
  ];
}
