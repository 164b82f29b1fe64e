import { createHash } from 'node:crypto';
import { randomText } from './random-text';

/** How a MySQL server stores a password: the name of its plugin. */
export type PasswordPlugin = 'caching_sha2_password' | 'mysql_native_password';

/** MySQL stores thousands of rounds: `005`. */
const ROUNDS = 5000;

/** Length of a salt of `caching_sha2_password`. */
const SALT_LENGTH = 20;

/**
 * What MySQL stores of a password, computed here, so that the password itself never stands in a statement that the
 * server might log.
 */
export function storedPassword(plugin: PasswordPlugin, password: string, salt = randomText(SALT_LENGTH)): string {
  return plugin === 'caching_sha2_password'
    ? `$A$${String(ROUNDS / 1000).padStart(3, '0')}$${salt}${sha256Crypt(password, salt)}`
    : `*${sha1(sha1(Buffer.from(password)))
        .toString('hex')
        .toUpperCase()}`;
}

function sha1(data: Buffer): Buffer {
  return createHash('sha1').update(data).digest();
}

const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The digest of SHA-crypt with SHA-256, step by step as https://www.akkadia.org/drepper/SHA-crypt.txt numbers them. */
function sha256Crypt(passwordText: string, saltText: string): string {
  const password = Buffer.from(passwordText);
  const salt = Buffer.from(saltText, 'latin1');
  const repeated = (digest: Buffer, length: number): Buffer => Buffer.alloc(length, digest);
  // Steps 4 to 8.
  const b = sha256(password, salt, password);
  // Steps 1 to 3 and 9 to 12.
  const byBits = bitsOf(password.length).map((bit) => (bit === 1 ? b : password));
  const a = sha256(password, salt, repeated(b, password.length), ...byBits);
  // Steps 13 to 20.
  const p = repeated(sha256(...Array<Buffer>(password.length).fill(password)), password.length);
  const s = repeated(sha256(...Array<Buffer>(16 + (a[0] ?? 0)).fill(salt)), salt.length);
  // Step 21.
  let c = a;
  for (let round = 0; round < ROUNDS; round++) {
    const odd = round % 2 === 1;
    const parts = [odd ? p : c, round % 3 === 0 ? undefined : s, round % 7 === 0 ? undefined : p, odd ? c : p];
    c = sha256(...parts.filter((part) => part !== undefined));
  }
  return encode(c);
}

/** The bits of a number, lowest first. */
function bitsOf(value: number): number[] {
  return [...value.toString(2)].reverse().map(Number);
}

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Step 22: three bytes, taken across the thirds of the digest, become four characters, lowest bits first. */
function encode(digest: Buffer): string {
  const at = (index: number): number => digest[index] ?? 0;
  let text = '';
  for (let turn = 0; turn < 10; turn++) {
    const [i, j, k] = [
      [0, 10, 20],
      [21, 1, 11],
      [12, 22, 2],
    ][turn % 3] as [number, number, number];
    const step = turn - (turn % 3);
    text += characters((at(i + step) << 16) | (at(j + step) << 8) | at(k + step), 4);
  }
  return text + characters((at(31) << 8) | at(30), 3);
}

function characters(bits: number, count: number): string {
  return Array.from({ length: count }, (_, index) => ALPHABET[(bits >> (6 * index)) & 63]).join('');
}
