import { Duration } from 'aws-cdk-lib';
import { CacheAccess, CacheUser } from '../../lib';
import { refusal } from '../support/refusal';

test('has the commands of an application and a password for 30 days, unless it is told otherwise', () => {
  const user = CacheUser.withRotatedPassword('shop');
  expect(user.access.rules).toBe(CacheAccess.application().rules);
  expect(user.rotateEvery?.toDays()).toBe(30);
});

test('has no password when it logs in by IAM', () => {
  expect(CacheUser.withIam('shop').rotateEvery).toBeUndefined();
});

test.each(['a', 'shop', 'shop-worker-2', 'a'.repeat(32)])('may be called %s', (name) => {
  expect(CacheUser.withIam(name).name).toBe(name);
});

test.each(['', 'default', 'Shop', '2shop', 'shop-', 'shop--worker', 'shop worker', 'shop:1', 'a'.repeat(33)])(
  'may not be called %j',
  (name) => {
    expect(() => CacheUser.withIam(name)).toThrow(
      refusal(['CacheUserNameInvalid'], 'begin with a letter, and not be default. Name what logs in'),
    );
  },
);

test('hears of a wrong name and a wrong interval at once', () => {
  expect(() => CacheUser.withRotatedPassword('Shop', { rotateEvery: Duration.hours(1) })).toThrow(
    refusal(['CacheUserNameInvalid', 'RotationIntervalOutOfRange'], 'rotateEvery is "1 hour"'),
  );
});
