import * as fc from 'fast-check';
import {
  Application,
  type ApplicationContext,
  type ApplicationEnvironment,
  EnvironmentValue,
  ProcessKind,
  RequestClass,
  RequestKind,
  RequestMatcher,
  ShopControl,
  type StorefrontRequest,
} from '../../lib';
import { MEDUSA_SESSION } from '../support/medusa-session';
import { spellings } from '../support/spellings';

const image = 'public.ecr.aws/acme/shop@sha256:0123';
const shop = Application.medusa({ image });

const context: ApplicationContext = {
  hosts: ['shop.acme.example', 'www.acme.example'],
  region: 'ap-southeast-1',
  database: { host: 'db.internal', port: '5432', databaseName: 'shop' },
  cache: { host: 'cache.internal', port: '6379' },
  mediaBucketName: 'acme-media',
};

function environmentOf(id: string, of = shop): ApplicationEnvironment {
  const process = of.processes.find((each) => each.id === id);
  return of.environment(process!, context);
}

function kindsOf(request: StorefrontRequest): string[] {
  return shop.requestClasses.filter((each) => each.matches(request)).map(({ kind }) => kind);
}

describe('requests of a session', () => {
  test.each(MEDUSA_SESSION)('$doing', ({ request, kinds }) => {
    expect(kindsOf(request).sort()).toEqual([...kinds].sort());
  });

  test.each(MEDUSA_SESSION)('$doing, spelled to get past a rule', ({ request, kinds }) => {
    fc.assert(
      fc.property(spellings(request.path), (path) => {
        expect(kindsOf({ ...request, path })).toEqual(expect.arrayContaining([...kinds]));
      }),
      { numRuns: 50 },
    );
  });

  test('of routes of the shop itself are added to those of Medusa', () => {
    const own = RequestClass.checkout(RequestMatcher.path('/store/gift-cards/{code}'));
    const { requestClasses } = Application.medusa({ image, requestClasses: [own] });
    expect(requestClasses).toEqual([...shop.requestClasses, own]);
  });
});

describe('processes', () => {
  test('are a server, a worker and the migrations before them', () => {
    expect(shop.processes.map(({ id, kind, command }) => [id, kind, command?.join(' ')])).toEqual([
      ['Server', ProcessKind.SERVER, './node_modules/.bin/medusa start'],
      ['Worker', ProcessKind.WORKER, './node_modules/.bin/medusa start'],
      ['Migrations', ProcessKind.MIGRATION, './node_modules/.bin/medusa db:migrate --execute-safe-links'],
    ]);
  });

  test('differ in their mode, and the worker has no dashboard', () => {
    const modes = ['Server', 'Worker', 'Migrations'].map((id) => {
      const { MEDUSA_WORKER_MODE, DISABLE_MEDUSA_ADMIN } = environmentOf(id).variables;
      return [MEDUSA_WORKER_MODE, DISABLE_MEDUSA_ADMIN];
    });
    expect(modes).toEqual([
      ['server', 'false'],
      ['worker', 'true'],
      [undefined, undefined],
    ]);
  });
});

describe('the environment', () => {
  test('tells Medusa where it is and where its pictures are', () => {
    expect(environmentOf('Migrations').variables).toEqual({
      NODE_ENV: 'production',
      MEDUSA_DISABLE_TELEMETRY: 'true',
      XDG_CONFIG_HOME: '/tmp',
      MEDUSA_BACKEND_URL: 'https://shop.acme.example',
      STORE_CORS: 'https://shop.acme.example,https://www.acme.example',
      ADMIN_CORS: 'https://shop.acme.example,https://www.acme.example',
      AUTH_CORS: 'https://shop.acme.example,https://www.acme.example',
      S3_BUCKET: 'acme-media',
      S3_REGION: 'ap-southeast-1',
      S3_PREFIX: 'media/',
      S3_FILE_URL: 'https://shop.acme.example',
    });
  });

  test('keeps logins and generated secrets out of the variables', () => {
    expect(environmentOf('Server').secrets).toEqual({
      DATABASE_URL: { source: 'database', field: 'url' },
      REDIS_URL: { source: 'cache', field: 'url' },
      CACHE_REDIS_URL: { source: 'cache', field: 'url' },
      LOCKING_REDIS_URL: { source: 'cache', field: 'url' },
      JWT_SECRET: { source: 'generated', name: 'JWT_SECRET' },
      COOKIE_SECRET: { source: 'generated', name: 'COOKIE_SECRET' },
      AUTH_MFA_ENCRYPTION_KEY: { source: 'generated', name: 'AUTH_MFA_ENCRYPTION_KEY' },
    });
  });

  test('lets a storefront that runs elsewhere call the shop, but not its dashboard', () => {
    const elsewhere = Application.medusa({ image, storefrontOrigins: ['https://www.acme.test'] });
    const { STORE_CORS, AUTH_CORS, ADMIN_CORS } = environmentOf('Server', elsewhere).variables;
    expect(STORE_CORS).toBe('https://shop.acme.example,https://www.acme.example,https://www.acme.test');
    expect(AUTH_CORS).toBe(STORE_CORS);
    expect(ADMIN_CORS).not.toContain('acme.test');
  });

  test('takes further variables, secret ones included', () => {
    const secretArn = 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:stripe-AbCdEf';
    const paying = Application.medusa({
      image,
      environment: {
        NODE_OPTIONS: EnvironmentValue.text('--enable-source-maps'),
        STRIPE_API_KEY: EnvironmentValue.existingSecret(secretArn, 'apiKey'),
      },
    });
    const { variables, secrets } = environmentOf('Server', paying);
    expect(variables.NODE_OPTIONS).toBe('--enable-source-maps');
    expect(secrets.STRIPE_API_KEY).toEqual({ source: 'existing', name: secretArn, field: 'apiKey' });
  });

  test.each(['http://shop.acme.test', 'https://shop.acme.test/', '*', 'https://a.test,https://b.test'])(
    'refuses %s as the origin of a storefront',
    (origin) => {
      expect(() => Application.medusa({ image, storefrontOrigins: [origin] })).toThrow(
        /storefrontOrigins is .*; it must be https:\/\/ and a host, without a path\. .*\[StorefrontOriginInvalid\]/,
      );
    },
  );
});

test('secrets are rotated but for the one that second factors are encrypted with', () => {
  const kept = shop.generatedSecrets.filter(({ keptBecause }) => keptBecause !== undefined);
  expect(kept.map(({ name }) => name)).toEqual(['AUTH_MFA_ENCRYPTION_KEY']);
});

test('every control is stated once', () => {
  expect(shop.controls.map(({ control }) => control).sort()).toEqual(Object.values(ShopControl).sort());
});

test('only files that are the same for everybody are cached', () => {
  const assets = shop.requestClasses.filter(({ kind }) => kind === RequestKind.ASSETS);
  expect(shop.cachedPaths).toEqual(['/app/assets/*']);
  expect(assets.map((each) => each.matches({ method: 'GET', path: '/app/assets/index.js' }))).toEqual([true]);
});

test('pictures are stored under the path they are fetched from', () => {
  const { S3_FILE_URL, S3_PREFIX } = environmentOf('Server').variables;
  expect(`${S3_FILE_URL}/${S3_PREFIX}shoe.webp`).toBe(`https://shop.acme.example${shop.media?.path}/shoe.webp`);
});
