import type { Kind } from './mask-plan';

/** Something that tells a person: an address, a number, a name. Written so that two spellings of one are the same. */
export type Token = `${'email' | 'phone' | 'name'}:${string}`;

const EMAIL = /[^\s"'<>()[\]{},;:\\|@=/]+@[^\s"'<>()[\]{},;:\\|@=/]+\.[\p{L}\p{N}-]*\p{L}/gu;
const PHONE = /\+?\d(?:[\d\s().\-/]|\\u2011){5,22}\d/g;

/** The shortest name that is looked for by itself: two letters are in every text. */
const SHORTEST_NAME = 3;

/** Fewer digits are a price, a postcode or a quantity. */
const SHORTEST_PHONE = 7;

/** The part of a number that is the same with and without the code of the country. */
const SUBSCRIBER = 10;

/** The longest name that is found in a text, in words. */
const MOST_WORDS = 4;

/** What `value` tells of a person, in a column that was declared to be of this kind. */
export function tokensOf(kind: Kind, value: string): Token[] {
  switch (kind) {
    case 'email':
      return emailsIn(value).map((address) => `email:${address}` as const);
    case 'phone': {
      const number = subscriberOf(value);
      return number === undefined ? [] : [`phone:${number}`];
    }
    case 'name': {
      const name = wordsIn(value).join(' ');
      return name.length < SHORTEST_NAME ? [] : [`name:${name}`];
    }
    default:
      return [];
  }
}

/** Names of one person that stand in one row are written together elsewhere. */
export function fullNames(names: readonly string[]): Token[] {
  const words = names.map((name) => wordsIn(name).join(' ')).filter((name) => name !== '');
  return words.flatMap((one) => words.filter((other) => other !== one).map((other): Token => `name:${one} ${other}`));
}

/** Addresses in a text. */
export function emailsIn(text: string): string[] {
  return text.includes('@') ? (text.match(EMAIL) ?? []).map((address) => address.toLowerCase()) : [];
}

/** Numbers in a text that could be somebody's. */
export function phonesIn(text: string): Token[] {
  return (text.match(PHONE) ?? []).flatMap((number) => tokensOf('phone', number));
}

/**
 * Words of a text, and words in a row, that could be somebody's name.
 *
 * @param shortest how many words at least: in the shop's own texts one word is nobody's
 */
export function* namesIn(text: string, shortest: number): Generator<Token> {
  const words = wordsIn(text);
  for (let first = 0; first < words.length; first++) {
    let name = '';
    for (let count = 1; count <= MOST_WORDS && first + count <= words.length; count++) {
      name = count === 1 ? (words[first] ?? '') : `${name} ${words[first + count - 1]}`;
      if (count >= shortest && name.length >= SHORTEST_NAME) {
        yield `name:${name}`;
      }
    }
  }
}

function wordsIn(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

function subscriberOf(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length < SHORTEST_PHONE ? undefined : digits.slice(-SUBSCRIBER);
}
