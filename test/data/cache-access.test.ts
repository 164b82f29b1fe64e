import { CacheAccess } from '../../lib';
import { refusal } from '../support/refusal';

test('an application neither empties the cache, nor lists keys or clients, nor changes the server', () => {
  const rules = CacheAccess.application().rules.split(' ');
  expect(rules).toContain('-@all');
  // Rules apply from left to right: what is taken away at the end stays away.
  expect(rules.indexOf('-@dangerous')).toBeGreaterThan(rules.indexOf('+@write'));
  expect(rules.indexOf('-@admin')).toBeGreaterThan(rules.indexOf('+@connection'));
  expect(rules).not.toContain('+flushdb');
});

test('an object cache can be emptied', () => {
  expect(CacheAccess.objectCache().rules).toBe(`${CacheAccess.application().rules} +flushdb`);
});

test.each(['~shop:* &* -@all +@read +get', `${CacheAccess.application().rules} +client|list`])(
  'rules of a user’s own are taken as they are: %s',
  (rules) => expect(CacheAccess.of(` ${rules} `).rules).toBe(rules),
);

test.each([
  '',
  '~* +@all',
  '~* allcommands',
  '~* -@all +@admin',
  '~* +@DANGEROUS',
  'on ~* +get',
  '~* +get off',
  '~* +get nopass',
  '~* +get >password',
  '~* +get #0123456789abcdef',
  'reset ~* +get',
])('rules that give everything away, or say who logs in and how, are refused: %j', (rules) => {
  expect(() => CacheAccess.of(rules)).toThrow(
    refusal(['CacheAccessTooWide'], 'Begin with the rules of CacheAccess.application()'),
  );
});
