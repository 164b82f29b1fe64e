import { type RequestKind, type StorefrontRequest } from '../../lib';
import { type Recorded } from './medusa-session';

const get = (path: string, query?: string): StorefrontRequest => ({ method: 'GET', path, query });
const post = (path: string, query?: string): StorefrontRequest => ({ method: 'POST', path, query });

const SESSION: readonly (readonly [string, StorefrontRequest, ...`${RequestKind}`[]])[] = [
  ['opens the shop', get('/')],
  ['opens a product', get('/product/hoodie-with-logo/')],
  ['looks for something', get('/', 's=hoodie&post_type=product')],
  ['puts something into the cart', post('/', 'wc-ajax=add_to_cart')],
  ['puts it there without a script', post('/product/hoodie-with-logo/')],
  ['sees the small cart', post('/', 'wc-ajax=get_refreshed_fragments')],
  ['opens the cart', get('/cart/')],
  ['changes the quantity', post('/wp-json/wc/store/v1/cart/update-item'), 'api'],
  ['looks at the cart of blocks', get('/wp-json/wc/store/v1/cart'), 'api'],
  ['changes several things at once', post('/wp-json/wc/store/v1/batch'), 'api', 'checkout'],
  ['redeems a code', post('/', 'wc-ajax=apply_coupon'), 'checkout'],
  ['redeems a code in blocks', post('/wp-json/wc/store/v1/cart/apply-coupon'), 'api', 'checkout'],
  ['opens the checkout', get('/checkout/')],
  ['types an address', post('/', 'wc-ajax=update_order_review')],
  ['places the order', post('/', 'wc-ajax=checkout'), 'checkout'],
  ['places the order without a script', post('/checkout/'), 'login', 'checkout'],
  ['places the order in blocks', post('/wp-json/wc/store/v1/checkout'), 'api', 'checkout'],
  [
    'places it there with a method in the query',
    get('/wp-json/wc/store/v1/checkout', '_method=POST'),
    'api',
    'checkout',
  ],
  ['pays an order that waits', post('/wp-json/wc/store/v1/checkout/4711'), 'api', 'checkout'],
  ['pays it on its page', post('/checkout/order-pay/4711/', 'pay_for_order=true&key=wc_order_a1'), 'login', 'checkout'],
  ['is thanked', get('/checkout/order-received/4711/', 'key=wc_order_a1')],
  ['logs in on the way to pay', post('/checkout/'), 'login', 'checkout'],
  ['opens the account', get('/my-account/')],
  ['logs in or signs up', post('/my-account/'), 'login', 'sign-up'],
  ['forgot the password', post('/my-account/lost-password/'), 'login'],
  ['sets a new one', post('/my-account/lost-password/', 'show-reset-form=true&action'), 'login'],
  ['changes the password', post('/my-account/edit-account/'), 'login'],
  ['keeps a card', post('/my-account/add-payment-method/'), 'login', 'checkout'],
  ['writes a review', post('/wp-comments-post.php')],
  ['downloads what was bought', get('/', 'download_file=12&order=wc_order_a1&uid=9f86&key=0c1d')],
  ['asks a script of the shop', post('/wp-admin/admin-ajax.php'), 'api', 'upload'],
  ['sends a form to the shop', post('/wp-admin/admin-post.php'), 'upload'],
  ['is told of a payment', post('/wc-api/wc_gateway_paypal/'), 'webhook'],
  ['is told of one by a query', post('/', 'wc-api=wc_stripe'), 'webhook'],
  ['opens the login of staff', get('/wp-login.php', 'redirect_to=https%3A%2F%2Fshop.acme.example%2Fwp-admin%2F')],
  ['logs in as staff', post('/wp-login.php'), 'login'],
  ['sets a first password', post('/wp-login.php', 'action=resetpass'), 'login'],
  ['opens the dashboard', get('/wp-admin/'), 'admin', 'upload'],
  ['opens the orders', get('/wp-admin/admin.php', 'page=wc-orders'), 'admin', 'upload'],
  ['writes a product', post('/wp-admin/post.php'), 'admin', 'upload'],
  ['uploads a picture', post('/wp-admin/async-upload.php'), 'admin', 'upload'],
  ['saves variations', post('/wp-admin/admin-ajax.php'), 'api', 'upload'],
  ['edits a page', post('/wp-json/wp/v2/pages/12', '_locale=user'), 'api', 'upload'],
  ['reads figures', get('/wp-json/wc-analytics/reports/revenue/stats'), 'api', 'admin'],
  ['changes stock from a warehouse', post('/wp-json/wc/v3/products/batch'), 'api', 'upload'],
  [
    'loads scripts of the dashboard',
    get('/wp-admin/load-scripts.php', 'c=1&load%5Bchunk_0%5D=jquery-core'),
    'admin',
    'upload',
  ],
  ['loads a theme', get('/wp-content/themes/storefront/style.css', 'ver=4.6.0'), 'assets'],
  ['loads a script', get('/wp-includes/js/jquery/jquery.min.js', 'ver=3.7.1'), 'assets'],
  ['looks at a picture', get('/wp-content/uploads/2026/11/hoodie.webp'), 'assets'],
  ['is asked whether it is well', get('/shop-health.php')],
  ['tries passwords by the hundred', post('/xmlrpc.php'), 'closed'],
  ['looks for the installer', get('/wp-admin/install.php', 'step=1'), 'closed', 'admin', 'upload'],
  ['starts the clock', get('/wp-cron.php', 'doing_wp_cron'), 'closed'],
];

/**
 * A customer, a payment gateway, a member of staff and somebody who should not be there, with the requests that the
 * storefront, the blocks and the dashboard of WooCommerce 10 send.
 */
export const WOOCOMMERCE_SESSION: readonly Recorded[] = SESSION.map(([doing, request, ...kinds]) => ({
  doing,
  request,
  kinds,
}));
