import { damaged } from './dump-form';
import type { Value } from './sql-session';

/** Behind what stands between quotes from `at` on; undefined when the text ends within it. */
function endOfQuotes(text: string, at: number): number | undefined {
  const quote = text[at];
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] === '\\' && quote !== '`') {
      index++;
    } else if (text[index] === quote) {
      return index + 1;
    }
  }
  return undefined;
}

interface Token {
  readonly kind: 'literal' | 'name' | 'comment' | 'other';
  readonly end: number;
}

function tokenAt(text: string, at: number): Token | undefined {
  const found = (kind: Token['kind'], end: number | undefined): Token | undefined =>
    end === undefined ? undefined : { kind, end };
  if (/['"]/.test(text[at] ?? '')) {
    return found('literal', endOfQuotes(text, at));
  }
  if (text[at] === '`') {
    return found('name', endOfQuotes(text, at));
  }
  const ending = /^--[ \t\n]/.test(text.slice(at, at + 3)) || text[at] === '#' ? '\n' : undefined;
  // A comment that a server runs is read as what it holds.
  const closing = text.startsWith('/*', at) && !/^\/\*M?!/.test(text.slice(at, at + 4)) ? '*/' : ending;
  if (closing !== undefined) {
    const index = text.indexOf(closing, at);
    return found('comment', index < 0 ? undefined : index + closing.length);
  }
  return { kind: 'other', end: at + 1 };
}

/** Behind the semicolon that ends the statement in front; undefined when more has to be read. */
export function endOfStatement(text: string): number | undefined {
  let at = 0;
  while (at < text.length) {
    if (text[at] === ';') {
      return at + 1;
    }
    const token = tokenAt(text, at);
    if (token === undefined) {
      return undefined;
    }
    at = token.end;
  }
  return undefined;
}

/** A statement without comments, with empty literals and single spaces: what its kind is judged by. */
export function skeletonOf(text: string): string {
  let skeleton = '';
  let at = 0;
  while (at < text.length) {
    const { kind, end } = tokenAt(text, at) ?? { kind: 'other', end: text.length };
    const part = text.slice(at, end);
    const isSpace = kind === 'comment' || (kind === 'other' && /\s/.test(part));
    skeleton += kind === 'literal' ? "''" : isSpace ? (skeleton.endsWith(' ') ? '' : ' ') : part;
    at = end;
  }
  return skeleton.trim();
}

/** The same CREATE TABLE with an engine that has transactions: a position that is stored with rows has to be true. */
export function withInnoDb(text: string): string {
  let changed = '';
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const { kind, end } = tokenAt(text, at) ?? { kind: 'other', end: text.length };
    const part = text.slice(at, end);
    if (kind === 'other') {
      plain += part;
    } else {
      changed += onInnoDb(plain) + part;
      plain = '';
    }
    at = end;
  }
  return changed + onInnoDb(plain);
}

function onInnoDb(options: string): string {
  return options.replaceAll(/\bENGINE\s*=\s*\w+/gi, 'ENGINE=InnoDB').replaceAll(/\bROW_FORMAT\s*=\s*FIXED\b/gi, '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  0: '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  '%': '\\%',
  _: '\\_',
};

const UNQUOTED = /(NULL|-?\d+(?:\.\d*)?(?:e[+-]?\d+)?|-?\.\d+|0x[0-9a-f]*|b'[01]*')(?=[,)])/iy;
const BINARY = /_binary /iy;

/** The row in front, its values as bytes, and where it ends: behind the comma or the semicolon. Undefined when more has to be read. */
export function rowAt(text: string, offset: number): { readonly row: Value[]; readonly end: number } | undefined {
  let at = /^\s*/.exec(text.slice(0, 100))?.[0].length ?? 0;
  if (at === text.length) {
    return undefined;
  }
  if (text[at] !== '(') {
    throw damaged(offset, 'no row begins here');
  }
  const row: Value[] = [];
  do {
    const found = valueAt(text, at + 1);
    if (found === undefined) {
      if (text.length - at > 100 && !/^((_binary )?'|0x)/i.test(text.slice(at + 1, at + 12))) {
        throw damaged(offset, 'a row holds something else than values');
      }
      return undefined;
    }
    row.push(found.value);
    at = found.end;
  } while (text[at] === ',');
  if (at + 1 >= text.length) {
    return undefined;
  }
  if (text[at] !== ')' || !/[,;]/.test(text[at + 1] ?? '')) {
    throw damaged(offset, 'a row holds something else than values');
  }
  return { row, end: at + 2 };
}

function valueAt(text: string, from: number): { readonly value: Value; readonly end: number } | undefined {
  BINARY.lastIndex = from;
  const at = BINARY.test(text) ? BINARY.lastIndex : from;
  if (text[at] === "'") {
    return quotedAt(text, at);
  }
  UNQUOTED.lastIndex = at;
  const [, value] = UNQUOTED.exec(text) ?? [];
  return value === undefined ? undefined : { value: unquotedValue(value), end: at + value.length };
}

function quotedAt(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  let end = endOfQuotes(text, at);
  // Two quotes in a row are one.
  while (end !== undefined && text[end] === "'") {
    end = endOfQuotes(text, end);
  }
  if (end === undefined || end >= text.length) {
    return undefined;
  }
  const inner = text.slice(at + 1, end - 1);
  const value = /[\\']/.test(inner)
    ? inner.replaceAll(/\\([^])|''/g, (_, letter?: string) =>
        letter === undefined ? "'" : (ESCAPES[letter] ?? letter),
      )
    : inner;
  return { value, end };
}

function unquotedValue(value: string): Value {
  if (/^null$/i.test(value)) {
    return null;
  }
  if (/^0x/i.test(value)) {
    return Buffer.from(value.slice(2), 'hex').toString('latin1');
  }
  if (/^b'/i.test(value)) {
    const bits = value.slice(2, -1);
    const bytes = bits.padStart(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
    return String.fromCharCode(...bytes.map((byte) => parseInt(byte, 2)));
  }
  return value;
}
