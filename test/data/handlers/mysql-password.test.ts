import { storedPassword } from '../../../lib/data/handlers/mysql-password';

/** Example of hashcat's mode 7401, taken from a MySQL server: the password is "hashcat". */
const SALT = Buffer.from('F9CC98CE08892924F50A213B6BC571A2C11778C5', 'hex').toString('latin1');
const DIGEST = 'bTy95Y99eAME1dwEkHOA1ndHGBWz.1bxSSRkuTXFGV/';

test('computes what MySQL stores under caching_sha2_password', () => {
  expect(storedPassword('caching_sha2_password', 'hashcat', SALT)).toBe(`$A$005$${SALT}${DIGEST}`);
});

test('computes what MySQL stores under mysql_native_password', () => {
  // The example of MySQL's manual for the password "password".
  expect(storedPassword('mysql_native_password', 'password')).toBe('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19');
});

test('salts each password anew, with characters that need no escaping', () => {
  const stored = storedPassword('caching_sha2_password', 'hashcat');
  expect(stored).toMatch(/^\$A\$005\$[A-Za-z0-9]{20}[./A-Za-z0-9]{43}$/);
  expect(storedPassword('caching_sha2_password', 'hashcat')).not.toBe(stored);
});
