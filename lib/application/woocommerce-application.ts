import { Problems } from '../core/errors';
import { CacheUse, LoginMethod, SqlDialect, type OutboundDestination } from './application-needs';
import { ProcessKind } from './application-process';
import type { ApplicationProfile } from './application-profile';
import { ContentSecurityPolicy } from './content-security-policy';
import { EnvironmentValue, StoreSetting } from './environment-value';
import { LoginForm } from './login-form';
import type { RequestClass } from './request-class';
import { wooCommerceTables } from './restored-tables';
import { requirePathPattern, RequestMatcher } from './request-matcher';
import { WOOCOMMERCE_CONTROLS } from './woocommerce-controls';
import { API_PATHS, CACHED_PATHS, wooCommerceRequests } from './woocommerce-requests';

/** What differs between one WooCommerce shop and another. */
export interface WooCommerceApplicationOptions {
  /** The image, by digest, built as examples/woocommerce shows: `sha256:…` in the store's own repository. */
  readonly image: string;

  /**
   * Path of the page on which customers log in, as WooCommerce's settings name it.
   *
   * @default /my-account
   */
  readonly accountPath?: string;

  /**
   * Path of the page on which customers pay, as WooCommerce's settings name it.
   *
   * @default /checkout
   */
  readonly checkoutPath?: string;

  /**
   * What the names of the tables begin with. A shop that moves in keeps its own.
   *
   * @default wp_
   */
  readonly tablePrefix?: string;

  /**
   * Further variables, such as the key of a payment gateway. They come after ours and may replace them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: EnvironmentValue };

  /**
   * Requests of the shop's own plugins, beside those of WooCommerce.
   *
   * @default - none
   */
  readonly requestClasses?: RequestClass[];

  /**
   * Destinations that the shop's plugins call.
   *
   * @default - none but the register of stolen passwords, which the plugin of the image asks
   */
  readonly outbound?: OutboundDestination[];

  /**
   * Numeric user and group of the image. They own the uploads, too, so that they can hardly be changed later.
   *
   * @default 33:33 - `www-data` of Debian and of the official PHP images
   */
  readonly user?: string;
}

const text = (value: string): EnvironmentValue => EnvironmentValue.text(value);

/** What wp-config.php of examples/woocommerce reads. */
const ENVIRONMENT = {
  WP_HOME: EnvironmentValue.setting(StoreSetting.ORIGIN),
  WORDPRESS_DB_HOST: EnvironmentValue.setting(StoreSetting.DATABASE_HOST),
  WORDPRESS_DB_PORT: EnvironmentValue.setting(StoreSetting.DATABASE_PORT),
  WORDPRESS_DB_NAME: EnvironmentValue.setting(StoreSetting.DATABASE_NAME),
  WORDPRESS_DB_USER: EnvironmentValue.databaseSecret('username'),
  WORDPRESS_DB_PASSWORD: EnvironmentValue.databaseSecret('password'),
  WP_REDIS_HOST: EnvironmentValue.setting(StoreSetting.CACHE_HOST),
  WP_REDIS_PORT: EnvironmentValue.setting(StoreSetting.CACHE_PORT),
  WP_REDIS_USERNAME: EnvironmentValue.cacheSecret('username'),
  WP_REDIS_PASSWORD: EnvironmentValue.cacheSecret('password'),
  WORDPRESS_SALT: EnvironmentValue.generatedSecret('WORDPRESS_SALT'),
  SECOND_FACTOR_KEY: EnvironmentValue.generatedSecret('SECOND_FACTOR_KEY'),
  CONTENT_SECURITY_POLICY: EnvironmentValue.setting(StoreSetting.CONTENT_SECURITY_POLICY),
  MAIL_TRANSPORT: EnvironmentValue.setting(StoreSetting.MAIL_TRANSPORT).ifKnown(),
  MAIL_FROM: EnvironmentValue.setting(StoreSetting.MAIL_FROM).ifKnown(),
  MAIL_HOST: EnvironmentValue.setting(StoreSetting.MAIL_HOST).ifKnown(),
  MAIL_PORT: EnvironmentValue.setting(StoreSetting.MAIL_PORT).ifKnown(),
  MAIL_TLS: EnvironmentValue.setting(StoreSetting.MAIL_TLS).ifKnown(),
  MAIL_USER: EnvironmentValue.mailSecret('username').ifKnown(),
  MAIL_PASSWORD: EnvironmentValue.mailSecret('password').ifKnown(),
};

const SECRETS = [
  { name: 'WORDPRESS_SALT' },
  {
    name: 'SECOND_FACTOR_KEY',
    keptBecause: 'The second factors of staff are encrypted with it: a new value would lock all of them out.',
  },
];

/** Pages contain styles; the editors show themselves in frames and pictures from memory before they are stored. */
const CONTENT_SECURITY_POLICY = ContentSecurityPolicy.ownHostOnly()
  .allow('style-src', "'unsafe-inline'")
  .allow('img-src', 'data:', 'blob:')
  .allow('font-src', 'data:')
  .allow('media-src', 'blob:')
  .allow('frame-src', 'blob:')
  .allow('worker-src', 'blob:')
  .allow('frame-ancestors', "'self'");

/** A WooCommerce shop, as data. */
export function wooCommerceProfile(options: WooCommerceApplicationOptions): ApplicationProfile {
  const {
    image,
    accountPath = '/my-account',
    checkoutPath = '/checkout',
    tablePrefix = 'wp_',
    user = '33:33',
  } = options;
  const { environment, requestClasses = [], outbound = [] } = options;
  validate({ accountPath, checkoutPath }, tablePrefix);
  return {
    kind: 'WooCommerce',
    image,
    user,
    port: 8080,
    healthPath: '/shop-health.php',
    writablePaths: ['/tmp'],
    processes: [
      { id: 'Server', kind: ProcessKind.SERVER, command: ['shop-server'] },
      // WP-Cron and Action Scheduler, every minute. A task started by the clock would begin with half a minute of nothing.
      { id: 'Worker', kind: ProcessKind.WORKER, command: ['shop-worker'] },
      { id: 'Migrations', kind: ProcessKind.MIGRATION, command: ['shop-migrate'] },
    ],
    environment: {
      ...ENVIRONMENT,
      WORDPRESS_TABLE_PREFIX: text(tablePrefix),
      ACCOUNT_PATH: text(accountPath),
      CHECKOUT_PATH: text(checkoutPath),
      ...environment,
    },
    requestClasses: [...wooCommerceRequests({ account: accountPath, checkout: checkoutPath }), ...requestClasses],
    cachedPaths: CACHED_PATHS,
    apiPaths: API_PATHS,
    // wp-config.php sets COOKIEHASH, so that the names are known.
    sessionCookies: ['wordpress_sec_shop', 'wordpress_logged_in_shop', 'wp_woocommerce_session_shop'],
    outbound: [
      { domain: 'api.pwnedpasswords.com', purpose: 'the first five digits of the hash of a new password' },
      ...outbound,
    ],
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    generatedSecrets: SECRETS,
    controls: WOOCOMMERCE_CONTROLS,
    database: {
      login: LoginMethod.ROTATED_PASSWORD,
      dialect: SqlDialect.MYSQL,
      databaseName: 'shop',
      restored: wooCommerceTables(tablePrefix),
    },
    cache: { login: LoginMethod.ROTATED_PASSWORD, use: CacheUse.OBJECTS },
    files: { path: '/var/www/html/wp-content/uploads' },
    // Orders.php of examples/woocommerce writes it.
    orderLogPattern: '{ $.event = "order.placed" }',
    // Customers. Staff log in at wp-login.php, whose inputs have other names.
    loginForm: LoginForm.form(
      RequestMatcher.path(accountPath).method('POST'),
      { username: 'username', password: 'password' },
      { success: [302], failure: [200] },
    ),
  };
}

function validate(paths: { [property: string]: string }, tablePrefix: string): void {
  const problems = new Problems('Application.woocommerce');
  for (const [property, path] of Object.entries(paths)) {
    requirePathPattern(problems, property, path);
    problems.require(!/[{*]|^\/?$/.test(path), {
      code: 'PagePathInvalid',
      property,
      value: path,
      bound: 'be the path of one page below the root',
      remedy: 'Write what stands in the address bar after the host: /my-account.',
    });
  }
  problems.require(/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(tablePrefix), {
    code: 'TablePrefixInvalid',
    property: 'tablePrefix',
    value: tablePrefix,
    bound: 'be a letter and at most 19 letters, digits and underscores',
    remedy: 'Take it from $table_prefix in wp-config.php of the shop that moves in.',
  });
  problems.throwIfAny();
}
