import { createHash } from 'node:crypto';

/** Name space of the identifiers of this package: any will do, as long as it never changes. */
const NAME_SPACE = Buffer.from('8f2b6a0e5d5c4c7f9a3e1b6d7c4e2f10', 'hex');

/** A UUID of version 5 (RFC 9562): the same for the same content. */
export function uuidOf(content: unknown): string {
  const hash = createHash('sha1').update(NAME_SPACE).update(JSON.stringify(content)).digest();
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
