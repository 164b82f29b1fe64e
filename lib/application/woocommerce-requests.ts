import { RequestClass } from './request-class';
import { RequestMatcher } from './request-matcher';

/** Where the pages of WooCommerce are that take passwords and payments. */
export interface WooCommercePages {
  /** Page on which customers log in, sign up and keep their accounts. */
  readonly account: string;
  /** Page on which customers pay. */
  readonly checkout: string;
}

const at = (pattern: string): RequestMatcher => RequestMatcher.path(pattern);
const post = (pattern: string): RequestMatcher => at(pattern).method('POST');

/** What is called with data and answered with data. */
export const API_PATHS = ['/wp-json/*'];

/** Files of the image and uploads. The web server runs no program below these paths. */
export const CACHED_PATHS = ['/wp-content/*', '/wp-includes/*'];

/** Entrances of WordPress that a shop in an image does not need: the web server refuses them as well. */
const CLOSED = [
  '/xmlrpc.php',
  '/wp-cron.php',
  '/wp-mail.php',
  '/wp-trackback.php',
  '/wp-links-opml.php',
  '/wp-signup.php',
  '/wp-activate.php',
  '/wp-admin/install.php',
  '/wp-admin/setup-config.php',
  '/wp-admin/upgrade.php',
  '/wp-admin/maint/*',
];

/** Actions of `/?wc-ajax=…` that pay, or try a code. WooCommerce takes them on any path. */
const PAYING = ['checkout', 'apply_coupon'];

/**
 * The customer's session of WooCommerce 10 (includes/class-wc-form-handler.php, class-wc-ajax.php, src/StoreApi of
 * github.com/woocommerce/woocommerce) and the administrator's of WordPress. WooCommerce takes most forms on any path, and
 * WordPress most parameters from query string and body alike: the plugin in examples/woocommerce refuses those that come
 * by another way than these.
 */
export function wooCommerceRequests({ account, checkout }: WooCommercePages): RequestClass[] {
  return [
    RequestClass.closed(...CLOSED.map(at)),
    // The checkout page has a form to log in, too.
    RequestClass.login(post('/wp-login.php'), post(`${account}/*`), post(`${checkout}/*`)),
    RequestClass.signUp(post(account)),
    RequestClass.checkout(
      post(`${checkout}/*`),
      post(`${account}/add-payment-method`),
      // By any method: WordPress takes GET with ?_method=POST for a POST.
      at('/wp-json/wc/store/v1/checkout/*'),
      at('/wp-json/wc/store/checkout/*'),
      at('/wp-json/wc/store/v1/cart/apply-coupon'),
      at('/wp-json/wc/store/v1/cart/coupons'),
      at('/wp-json/wc/store/v1/batch'),
      at('/*').query('wc-ajax', ...PAYING),
    ),
    // Shoppers use admin-ajax.php and admin-post.php without being anybody's staff.
    RequestClass.admin(at('/wp-admin/*').except('admin-'), at('/wp-json/wc-admin/*'), at('/wp-json/wc-analytics/*')),
    RequestClass.webhook(at('/wc-api/*'), at('/').query('wc-api')),
    // Staff write HTML and send forms of any length: variations of a product, pages of the block editor, pictures.
    RequestClass.upload(at('/wp-admin/*'), at('/wp-json/wp/v2/*'), at('/wp-json/wc/v3/*'), at('/wp-json/batch/v1')),
    RequestClass.api(...API_PATHS.map(at), at('/wp-admin/admin-ajax.php')),
    RequestClass.assets(...CACHED_PATHS.map(at)),
  ];
}
