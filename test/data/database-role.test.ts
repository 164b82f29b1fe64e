import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { DatabaseRole } from '../../lib';
import { isLoginName } from '../../lib/data/login-name';
import { refusal } from '../support/refusal';

test.each(['shop', 'shop_migrations', 's3', 'a'.repeat(30), 'select'])('the name %s is taken', (name) => {
  expect(DatabaseRole.readWrite(name).loginName).toBe(name);
});

test.each([
  '',
  'Shop',
  'shop-1',
  '1shop',
  '_shop',
  'shop ',
  'shöp',
  'a'.repeat(31),
  'pg_shop',
  'rds_iam',
  'rdsadmin',
  'rds',
  'aurora_x',
  'mysql',
  'public',
  'none',
  'postgres',
  'root',
  'admin',
  'current_user',
  "shop'; DROP TABLE orders; --",
])('the name %j is refused', (name) => {
  const refused = refusal(['LoginNameInvalid'], `name is ${JSON.stringify(name)}; it must be`);
  expect(() => DatabaseRole.readWrite(name)).toThrow(refused);
  expect(() => DatabaseRole.readOnly(name)).toThrow(refused);
  expect(() => DatabaseRole.migrations(name)).toThrow(refused);
});

test('no name that is taken holds anything that SQL, IAM or a URL would read as more than a name', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-zA-Z0-9_'"\\; -]*$/)), (name) => {
      expect(!isLoginName(name) || /^[a-z][a-z0-9_]{0,29}$/.test(name)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test.each([Duration.hours(12), Duration.days(1001), Duration.hours(36)])(
  'rotation every %s is refused',
  (rotateEvery) => {
    expect(() => DatabaseRole.readWrite('shop').withRotatedPassword({ rotateEvery })).toThrow(
      refusal(['RotationIntervalOutOfRange'], 'be a whole number of days from 1 to 1000'),
    );
  },
);

test('a role with a password is another one, and the one before stays as it was', () => {
  const iam = DatabaseRole.readWrite('shop');
  const password = iam.withRotatedPassword();
  expect(iam._users).toEqual(['shop']);
  expect(password._users).toEqual(['shop_a', 'shop_b']);
  expect(password._isSameAs(iam)).toBe(false);
  expect(password._isSameAs(DatabaseRole.readWrite('shop').withRotatedPassword())).toBe(true);
});
