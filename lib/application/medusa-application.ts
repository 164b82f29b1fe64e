import { Token } from 'aws-cdk-lib';
import { Problems } from '../core/errors';
import { LoginMethod, SqlDialect, type OutboundDestination } from './application-needs';
import { ProcessKind } from './application-process';
import type { ApplicationProfile } from './application-profile';
import { ContentSecurityPolicy } from './content-security-policy';
import { EnvironmentValue, StoreSetting } from './environment-value';
import { LoginForm } from './login-form';
import { RequestClass } from './request-class';
import { medusaTables } from './restored-tables';
import { RequestMatcher } from './request-matcher';
import { ControlStatement, ShopControl } from './shop-control';

/** What differs between one Medusa shop and another. */
export interface MedusaApplicationOptions {
  /** The image, by digest: `public.ecr.aws/acme/shop@sha256:…`. */
  readonly image: string;

  /**
   * Origins of storefronts that run elsewhere and call this shop from the browser: `https://www.acme.example`.
   *
   * @default - only the store's own hosts
   */
  readonly storefrontOrigins?: string[];

  /**
   * Further variables, such as the key of a payment gateway. They come after ours and may replace them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: EnvironmentValue };

  /**
   * Requests of the shop's own routes, beside those of Medusa.
   *
   * @default - none
   */
  readonly requestClasses?: RequestClass[];

  /**
   * Destinations that the shop's modules call.
   *
   * @default - none: Medusa itself calls nobody
   */
  readonly outbound?: OutboundDestination[];

  /**
   * Numeric user and group of the image.
   *
   * @default 1000:1000 - the user `node` of the official Node.js images
   */
  readonly user?: string;
}

/** Where `npm install` puts Medusa's command line. `npx` would write a cache, which a read-only file system refuses. */
const CLI = './node_modules/.bin/medusa';

/** Pictures are fetched as `https://<host>/media/<key>` and stored under the key `media/<key>`. */
const MEDIA_PATH = '/media';

const at = (pattern: string): RequestMatcher => RequestMatcher.path(pattern);
const post = (pattern: string): RequestMatcher => at(pattern).method('POST');

const API_PATHS = ['/store/*', '/admin/*', '/auth/*', '/hooks/*'];

/** Files named after their content, which Medusa serves as immutable. */
const CACHED_PATHS = ['/app/assets/*'];

const LOGIN = post('/auth/{actor}/emailpass');

/** Routes of Medusa 2: packages/medusa/src/api of github.com/medusajs/medusa. */
const REQUEST_CLASSES = [
  RequestClass.login(
    LOGIN,
    post('/auth/{actor}/emailpass/reset-password'),
    post('/auth/{actor}/emailpass/update'),
    post('/auth/mfa/challenges/{id}/verify'),
    post('/auth/mfa/factors/{id}/verify'),
  ),
  RequestClass.signUp(
    post('/auth/{actor}/emailpass/register'),
    post('/auth/{actor}/emailpass/verification/{step}'),
    post('/auth/verification/{step}'),
    post('/store/customers'),
    post('/admin/invites/accept'),
  ),
  RequestClass.checkout(
    post('/store/carts/{id}/complete'),
    post('/store/carts/{id}/promotions'),
    post('/store/payment-collections/{id}/payment-sessions'),
  ),
  RequestClass.admin(at('/admin/*'), at('/app/*')),
  RequestClass.webhook(at('/hooks/*')),
  // Lists of products, prices and variants are JSON of any length, and descriptions may hold HTML.
  RequestClass.upload(at('/admin/uploads/*'), at('/admin/products/*'), at('/admin/price-lists/*')),
  RequestClass.api(...API_PATHS.map(at)),
  RequestClass.assets(...CACHED_PATHS.map(at)),
];

/** Medusa's guide: docs.medusajs.com/learn/deployment/general. */
const ENVIRONMENT = {
  NODE_ENV: EnvironmentValue.text('production'),
  MEDUSA_DISABLE_TELEMETRY: EnvironmentValue.text('true'),
  // Telemetry writes its settings even when it is disabled.
  XDG_CONFIG_HOME: EnvironmentValue.text('/tmp'),
  MEDUSA_BACKEND_URL: EnvironmentValue.setting(StoreSetting.ORIGIN),
  ADMIN_CORS: EnvironmentValue.setting(StoreSetting.ORIGINS),
  DATABASE_URL: EnvironmentValue.databaseSecret('url'),
  REDIS_URL: EnvironmentValue.cacheSecret('url'),
  CACHE_REDIS_URL: EnvironmentValue.cacheSecret('url'),
  LOCKING_REDIS_URL: EnvironmentValue.cacheSecret('url'),
  JWT_SECRET: EnvironmentValue.generatedSecret('JWT_SECRET'),
  COOKIE_SECRET: EnvironmentValue.generatedSecret('COOKIE_SECRET'),
  AUTH_MFA_ENCRYPTION_KEY: EnvironmentValue.generatedSecret('AUTH_MFA_ENCRYPTION_KEY'),
  S3_BUCKET: EnvironmentValue.setting(StoreSetting.MEDIA_BUCKET),
  S3_REGION: EnvironmentValue.setting(StoreSetting.REGION),
  S3_PREFIX: EnvironmentValue.text(`${MEDIA_PATH.slice(1)}/`),
  S3_FILE_URL: EnvironmentValue.setting(StoreSetting.ORIGIN),
};

const SECRETS = [
  { name: 'JWT_SECRET' },
  { name: 'COOKIE_SECRET' },
  {
    name: 'AUTH_MFA_ENCRYPTION_KEY',
    keptBecause: 'Medusa encrypts second factors with it: whoever enrolled one would be locked out by a new value.',
  },
];

const CONTROLS = [
  ControlStatement.notAvailable(
    ShopControl.PASSWORD_POLICY,
    "Medusa's e-mail and password provider takes any password that is not empty. A provider of the shop's own would not.",
  ),
  ControlStatement.inShop(
    ShopControl.PASSWORD_STORAGE,
    "Medusa's e-mail and password provider, which stores scrypt hashes.",
  ),
  ControlStatement.here(
    ShopControl.LOGIN_ATTEMPTS,
    'The firewall limits attempts for each address and browser; it does not see which account is tried.',
  ),
  ControlStatement.notAvailable(
    ShopControl.ACCOUNT_LOCKOUT,
    'Medusa does not count wrong passwords, so no account is ever locked.',
  ),
  ControlStatement.notAvailable(
    ShopControl.STAFF_MFA,
    'Since mid-2026 staff may enrol an authenticator app in Medusa, but nothing demands that they do.',
  ),
  ControlStatement.notAvailable(
    ShopControl.IDLE_TIMEOUT,
    'Sessions end ten hours and tokens a day after login, used or not, unless medusa-config.ts says otherwise.',
  ),
  ControlStatement.inShop(
    ShopControl.WEBHOOK_SIGNATURES,
    'The payment provider module behind /hooks/payment/<provider>: that of Stripe verifies the signature.',
  ),
];

/** A Medusa shop, as data. */
export function medusaProfile(options: MedusaApplicationOptions): ApplicationProfile {
  const {
    image,
    storefrontOrigins = [],
    environment,
    requestClasses = [],
    outbound = [],
    user = '1000:1000',
  } = options;
  validate(storefrontOrigins);
  const storefronts = storefrontOrigins.map((origin) => `,${origin}`).join('');
  const cors = EnvironmentValue.setting(StoreSetting.ORIGINS, storefronts);
  return {
    kind: 'Medusa',
    image,
    user,
    outbound,
    port: 9000,
    healthPath: '/health',
    writablePaths: ['/tmp'],
    processes: [
      mode('Server', ProcessKind.SERVER, 'server'),
      mode('Worker', ProcessKind.WORKER, 'worker'),
      // Without the flag the command asks before it touches links between modules, and nobody is there to answer.
      { id: 'Migrations', kind: ProcessKind.MIGRATION, command: [CLI, 'db:migrate', '--execute-safe-links'] },
    ],
    environment: {
      ...ENVIRONMENT,
      STORE_CORS: cors,
      AUTH_CORS: cors,
      ...environment,
    },
    requestClasses: [...REQUEST_CLASSES, ...requestClasses],
    cachedPaths: CACHED_PATHS,
    apiPaths: API_PATHS,
    sessionCookies: ['connect.sid'],
    // The admin's component library writes styles at run time; pictures are shown from memory before they are stored.
    contentSecurityPolicy: ContentSecurityPolicy.ownHostOnly()
      .allow('style-src', "'unsafe-inline'")
      .allow('img-src', 'data:', 'blob:'),
    generatedSecrets: SECRETS,
    controls: CONTROLS,
    database: {
      login: LoginMethod.ROTATED_PASSWORD,
      dialect: SqlDialect.POSTGRESQL,
      databaseName: 'shop',
      restored: medusaTables(),
    },
    cache: { login: LoginMethod.ROTATED_PASSWORD },
    media: { path: MEDIA_PATH },
    loginForm: LoginForm.json(LOGIN, { username: '/email', password: '/password' }),
  };
}

function mode(id: string, kind: ProcessKind, workerMode: string): ApplicationProfile['processes'][number] {
  const isWorker = kind === ProcessKind.WORKER;
  return {
    id,
    kind,
    command: [CLI, 'start'],
    environment: {
      MEDUSA_WORKER_MODE: EnvironmentValue.text(workerMode),
      DISABLE_MEDUSA_ADMIN: EnvironmentValue.text(String(isWorker)),
    },
  };
}

function validate(storefrontOrigins: readonly string[]): void {
  const problems = new Problems('Application.medusa');
  for (const origin of storefrontOrigins) {
    problems.require(Token.isUnresolved(origin) || /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?$/.test(origin), {
      code: 'StorefrontOriginInvalid',
      property: 'storefrontOrigins',
      value: origin,
      bound: 'be https:// and a host, without a path',
      remedy: 'Write what stands in the address bar of the storefront, up to the first slash after the host.',
    });
  }
  problems.throwIfAny();
}
