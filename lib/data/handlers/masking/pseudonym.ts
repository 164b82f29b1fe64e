import { createHmac } from 'node:crypto';
import type { Column } from '../moving/catalog';
import type { Kind } from './mask-plan';

/** A domain that can never exist: RFC 2606. */
const DOMAIN = 'masked.invalid';

/** What a masked value is made of; nothing in it is anybody's. */
const MASKED = /\bmasked[ -]?[0-9a-f]{16}(@masked\.invalid)?|\+0{8}\d{8}|\bMasked text\b/gi;

/** A keyed digest of something: the same for the same, and nothing to whoever has not the key. */
export function digest(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 16);
}

/**
 * What stands in the place of a value. The same value gets the same pseudonym in every table, so that what belonged
 * together still does; who has not the key cannot tell which it was.
 */
export function pseudonym(key: Buffer, kind: Kind, value: string, column: Column): string | null {
  switch (kind) {
    case 'email':
      return `masked${digest(key, value.trim().toLowerCase())}@${DOMAIN}`;
    case 'name':
    case 'address':
      return `Masked ${digest(key, value.trim().toLowerCase())}`;
    case 'phone':
      return `+${'0'.repeat(8)}${String(BigInt(`0x${digest(key, value)}`) % 100_000_000n).padStart(8, '0')}`;
    case 'freeText':
      return 'Masked text';
    case 'removed':
      return column.isNullable ? null : nothingOf(column);
  }
}

/** The least that a column takes which takes no NULL. */
function nothingOf({ type }: Column): string {
  if (/json/.test(type)) {
    return '{}';
  }
  return /int|numeric|decimal|float|double|bit|bool/.test(type) ? '0' : type === 'inet' ? '0.0.0.0' : '';
}

/** How many characters a pseudonym takes. */
export function roomFor(kind: Kind): number {
  return { email: 37, name: 23, address: 23, phone: 17, freeText: 11, removed: 0 }[kind];
}

/** A text without what was masked in it. */
export function withoutPseudonyms(text: string): string {
  return text.replaceAll(MASKED, ' ');
}

/** Whether a value was masked before. */
export function isMasked(value: string): boolean {
  return value !== '' && withoutPseudonyms(value).trim() === '';
}
