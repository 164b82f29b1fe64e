import { SecretValue } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Problems, type BaselineError } from '../../lib/core/errors';
import { requireSetting } from '../../lib/compute/task-variables';

function judge(environment: Record<string, string>): Problems {
  const problems = new Problems('Test');
  for (const [name, value] of Object.entries(environment)) {
    requireSetting(problems, { property: `environment.${name}`, name, taken: [] }, value);
  }
  return problems;
}

function refused(environment: Record<string, string>): readonly string[] {
  const problems = judge(environment);
  try {
    problems.throwIfAny();
    return [];
  } catch (error) {
    return (error as BaselineError).problems.map(({ property }) => property);
  }
}

test.each([
  'DATABASE_PASSWORD',
  'JWT_SECRET',
  'COOKIE_SECRET',
  'STRIPE_API_KEY',
  'stripe_apikey',
  'PRIVATE_KEY',
  'APP_KEY',
  'GITHUB_TOKEN',
  'DB_PWD',
  'LOGGED_IN_SALT',
  'AWS_SECRET_ACCESS_KEY',
])('refuses a plain %s', (name) => {
  expect(refused({ [name]: 'anything' })).toEqual([`environment.${name}`]);
});

test.each([
  ['a URL with a password', 'postgres://shop:hunter2@db.acme.example/shop'],
  ['a URL with a password and no user', 'rediss://:hunter2@cache.acme.example:6379'],
  ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcC'],
  ['an AWS access key', `AKIA${'Q'.repeat(16)}`],
  ['a Stripe key', `sk_${'live'}_${'4'.repeat(24)}`],
  ['a webhook secret', `whsec_${'a'.repeat(32)}`],
  ['a GitHub token', `ghp_${'a'.repeat(36)}`],
  ['a signed token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'s'.repeat(43)}`],
])('refuses %s under any name', (_, value) => {
  expect(refused({ SETTING: value })).toEqual(['environment.SETTING']);
});

test.each([
  ['TOKEN_LIFETIME', '3600'],
  ['PASSWORD_MIN_LENGTH', '14'],
  ['COOKIE_SECRET_NAME', 'acme/cookie'],
  ['JWT_PUBLIC_KEY', '-----BEGIN PUBLIC KEY-----'],
  ['MEDUSA_PUBLISHABLE_KEY', 'pk_0123456789'],
  ['STORE_CORS', 'https://shop.acme.example'],
  ['DATABASE_HOST', 'db.acme.example:5432'],
  ['MONKEY', 'banana'],
])('lets %s stand', (name, value) => {
  expect(refused({ [name]: value })).toEqual([]);
});

test('refuses a secret that the template would resolve in the open', () => {
  expect(refused({ DB_PASSWORD: SecretValue.secretsManager('db').unsafeUnwrap() })).toEqual([
    'environment.DB_PASSWORD',
  ]);
});

test('does not judge a value that is known at deployment only', () => {
  expect(refused({ DATABASE_HOST: SecretValue.ssmSecure('host').unsafeUnwrap() })).toEqual([]);
});

test('never shows the value it refuses', () => {
  const problems = judge({ JWT_SECRET: 'hunter2' });
  expect(() => problems.throwIfAny()).toThrow(
    'environment.JWT_SECRET is "(not shown)"; it must not look like a secret, by name or by value. ' +
      'Keep the value in Secrets Manager and give it in secrets: { JWT_SECRET: TaskSecret.whole(secret) }.',
  );
  expect(() => problems.throwIfAny()).not.toThrow('hunter2');
});

test('comes to an end with any input, and finds a secret in whatever surrounds it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20_000 }), (value) => {
      expect(refused({ SETTING: `${value} AKIA${'Q'.repeat(16)} ${value}` })).toEqual(['environment.SETTING']);
    }),
    { numRuns: 300 },
  );
});
