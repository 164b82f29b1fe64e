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

/**
 * Drafts of orders and of posts, and what lies in the bin, go by themselves each day
 * (`woocommerce_cleanup_draft_orders`, `wp_scheduled_auto_draft_delete`, `wp_scheduled_delete`).
 */
const WITH_DRAFTS = 0.5;

/** Customers who close their account. */
const WITH_FAREWELLS = 0.05;

/** Tables of WordPress (wp-admin/includes/schema.php) and of WooCommerce (WC_Install, OrdersTableDataStore). */
export function wooCommerceTables(prefix: string): Restored[] {
  const table = (name: string): Restored => Restored.table(prefix + name);
  return [
    // Orders are in tables of their own, or in posts.
    ...['wc_orders', 'wc_order_addresses'].map((name) => table(name).mayShrink(WITH_DRAFTS).whereThere()),
    ...['woocommerce_order_items', 'woocommerce_order_itemmeta', 'postmeta'].map((name) =>
      table(name).mayShrink(WITH_DRAFTS),
    ),
    table('posts').mayShrink(WITH_DRAFTS).atLeast(1),
    table('users').mayShrink(WITH_FAREWELLS).atLeast(1),
    table('usermeta').mayShrink(WITH_DRAFTS).atLeast(1),
    table('wc_customer_lookup').mayShrink(WITH_FAREWELLS).whereThere(),
    // Without a cache of objects, what expires is kept there: thousands of rows, or none.
    table('options').mayShrink(1).atLeast(1),
    table('wc_order_product_lookup').immutableAfter('date_created', ORDER_LINES_AGE).whereThere(),
  ];
}
