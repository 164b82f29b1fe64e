import { KeptText, MaskedColumn } from './masked-column';
import type { MaskingRules } from './masking-rules';

type Make = (table: string, column: string) => MaskedColumn;

const email: Make = (table, column) => MaskedColumn.email(table, column);
const name: Make = (table, column) => MaskedColumn.name(table, column);
const phone: Make = (table, column) => MaskedColumn.phone(table, column);
const address: Make = (table, column) => MaskedColumn.address(table, column);
const freeText: Make = (table, column) => MaskedColumn.freeText(table, column);
const removed: Make = (table, column) => MaskedColumn.removed(table, column);

/** Tables of Medusa 2 with the columns of an address. */
const MEDUSA_ADDRESSES = ['customer_address', 'cart_address', 'order_address', 'fulfillment_address'];

/** Columns of Medusa that hold whatever a shop or a payment provider put there. */
const MEDUSA_DATA = [
  ['account_holder', 'data'],
  ['account_holder', 'metadata'],
  ['auth_identity', 'app_metadata'],
  ['cart', 'metadata'],
  ['cart_line_item', 'metadata'],
  ['customer', 'metadata'],
  ['fulfillment', 'data'],
  ['fulfillment', 'metadata'],
  ['invite', 'metadata'],
  ['notification', 'data'],
  ['order', 'metadata'],
  ['order_change', 'metadata'],
  ['order_change_action', 'details'],
  ['order_line_item', 'metadata'],
  ['payment', 'data'],
  ['payment', 'metadata'],
  ['payment_collection', 'metadata'],
  ['payment_session', 'context'],
  ['payment_session', 'data'],
  ['payment_session', 'metadata'],
  ['provider_identity', 'provider_metadata'],
  ['provider_identity', 'user_metadata'],
  ['refund', 'note'],
  ['return', 'metadata'],
  ['user', 'metadata'],
] as const;

/** The models of Medusa's own modules: packages/modules/<module>/src/models in its repository. */
export function medusaRules(): MaskingRules {
  const columns = [
    ...['account_holder', 'cart', 'customer', 'invite', 'order', 'user'].map((table) => email(table, 'email')),
    ...['customer', 'user'].flatMap((table) => [name(table, 'first_name'), name(table, 'last_name')]),
    name('customer', 'company_name'),
    phone('customer', 'phone'),
    removed('user', 'avatar_url'),
    // What a login is known by: the address, of customers and of staff.
    email('provider_identity', 'entity_id'),
    email('notification', 'to'),
    removed('notification', 'from'),
    removed('invite', 'token'),
    removed('customer_address', 'address_name'),
    removed('account_holder', 'external_id'),
    freeText('order_change', 'internal_note'),
    freeText('order_change_action', 'internal_note'),
    ...MEDUSA_ADDRESSES.flatMap((table) => [
      name(table, 'first_name'),
      name(table, 'last_name'),
      name(table, 'company'),
      phone(table, 'phone'),
      address(table, 'address_1'),
      address(table, 'address_2'),
      address(table, 'city'),
      removed(table, 'postal_code'),
      removed(table, 'metadata'),
    ]),
    ...MEDUSA_DATA.map(([table, column]) => removed(table, column)),
  ];
  return {
    columns: columns.map((column) => column.whereThere()),
    // The whole input of every workflow, orders and logins among it; and what became of events.
    emptied: ['workflow_execution'],
    kept: [
      ...['product', 'product_category', 'product_collection', 'product_option', 'product_option_value', 'product_tag'],
      ...['product_type', 'product_variant', 'price_list', 'promotion', 'promotion_campaign', 'image'],
    ]
      .map((table) => KeptText.table(table, 'The catalogue'))
      .concat(
        ['region', 'region_country', 'currency', 'sales_channel', 'store', 'stock_location', 'shipping_option'].map(
          (table) => KeptText.table(table, 'Places and settings of the shop'),
        ),
        KeptText.table('mikro_orm_migrations', 'Names of migrations'),
        KeptText.table('script_migrations', 'Names of migrations'),
        KeptText.table('stock_location_address', 'Addresses of the shop'),
      ),
  };
}

/** The parts of an address that are removed; the others have a kind of their own. */
const PARTS = ['company', 'address_1', 'address_2', 'city', 'postcode', 'state'];

const fieldsOf = (prefix: string, fields: readonly string[]): string[] =>
  ['billing', 'shipping'].flatMap((kind) => fields.map((field) => `${prefix}${kind}_${field}`));

/** A table of names and values: of a user, of an order in the table of posts. */
function metaColumns(table: string, prefix: string, others: readonly string[]): MaskedColumn[] {
  const value = (make: Make, keys: string[]): MaskedColumn => make(table, 'meta_value').whereKey('meta_key', keys);
  return [
    value(email, fieldsOf(prefix, ['email'])),
    value(name, fieldsOf(prefix, ['first_name', 'last_name'])),
    value(phone, fieldsOf(prefix, ['phone'])),
    value(removed, [...fieldsOf(prefix, PARTS), ...others]),
  ];
}

/** The schemas of WordPress (wp-admin/includes/schema.php) and WooCommerce (OrdersTableDataStore, WC_Install). */
export function woocommerceRules(prefix: string): MaskingRules {
  const at = (table: string): string => prefix + table;
  const orderIndexes = ['_billing_address_index', '_shipping_address_index'];
  const columns = [
    name(at('users'), 'user_login'),
    name(at('users'), 'user_nicename'),
    name(at('users'), 'display_name'),
    email(at('users'), 'user_email'),
    ...['user_pass', 'user_activation_key', 'user_url'].map((column) => removed(at('users'), column)),
    name(at('usermeta'), 'meta_value').whereKey('meta_key', ['first_name', 'last_name', 'nickname']),
    ...metaColumns(at('usermeta'), '', ['description', 'session_tokens', '_woocommerce_persistent_cart_1']),
    name(at('comments'), 'comment_author'),
    email(at('comments'), 'comment_author_email'),
    freeText(at('comments'), 'comment_content'),
    ...['comment_author_url', 'comment_author_IP', 'comment_agent'].map((column) => removed(at('comments'), column)),
    email(at('wc_orders'), 'billing_email'),
    freeText(at('wc_orders'), 'customer_note'),
    ...['ip_address', 'user_agent', 'transaction_id'].map((column) => removed(at('wc_orders'), column)),
    name(at('wc_order_addresses'), 'first_name'),
    name(at('wc_order_addresses'), 'last_name'),
    email(at('wc_order_addresses'), 'email'),
    phone(at('wc_order_addresses'), 'phone'),
    ...PARTS.map((column) => removed(at('wc_order_addresses'), column)),
    removed(at('wc_orders_meta'), 'meta_value').whereKey('meta_key', orderIndexes),
    name(at('wc_customer_lookup'), 'username'),
    name(at('wc_customer_lookup'), 'first_name'),
    name(at('wc_customer_lookup'), 'last_name'),
    email(at('wc_customer_lookup'), 'email'),
    ...['postcode', 'city', 'state'].map((column) => removed(at('wc_customer_lookup'), column)),
    email(at('woocommerce_downloadable_product_permissions'), 'user_email'),
    removed(at('wc_download_log'), 'user_ip_address'),
    // Orders from before they had tables of their own.
    ...metaColumns(at('postmeta'), '_', [
      ...orderIndexes,
      '_customer_ip_address',
      '_customer_user_agent',
      '_transaction_id',
    ]),
    removed(at('posts'), 'post_excerpt').whereKey('post_type', ['shop_order', 'shop_order_refund']),
  ];
  const emptied = [
    // Carts and addresses of visitors; jobs and what became of them; keys and tokens that are good in production.
    ...['woocommerce_sessions', 'actionscheduler_actions', 'actionscheduler_claims', 'actionscheduler_logs'],
    ...['woocommerce_log', 'woocommerce_api_keys', 'woocommerce_payment_tokens', 'woocommerce_payment_tokenmeta'],
    'wc_webhooks',
  ];
  const catalogue = ['posts', 'terms', 'term_taxonomy', 'woocommerce_order_items', 'woocommerce_attribute_taxonomies'];
  return {
    columns: columns.map((column) => column.whereThere()),
    emptied: emptied.map(at),
    kept: [
      ...catalogue.map((table) => KeptText.table(at(table), 'Pages and products')),
      KeptText.table(at('options'), 'Settings of the shop, its own address among them'),
      KeptText.table(at('wc_admin_notes'), 'Messages of WooCommerce to the shop'),
      KeptText.table(at('wc_product_meta_lookup'), 'The catalogue'),
    ],
  };
}
