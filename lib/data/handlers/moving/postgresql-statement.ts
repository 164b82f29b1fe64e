const DOLLAR_TAG = /\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$/y;
const WORD = /[\w$\x80-\xff]/;

/** A part of a statement: what stands between quotes, a comment, or one other character. */
interface Token {
  readonly kind: 'literal' | 'name' | 'comment' | 'other';
  readonly end: number;
}

/** The token at `at`; undefined when the text ends within it. */
function tokenAt(text: string, at: number): Token | undefined {
  const character = text[at] ?? '';
  const token = (kind: Token['kind'], end: number | undefined): Token | undefined =>
    end === undefined ? undefined : { kind, end };
  if (character === "'") {
    return token('literal', endOfLiteral(text, at, isEscaping(text, at)));
  }
  if (character === '"') {
    return token('name', after(text.indexOf('"', at + 1), 1));
  }
  if (text.startsWith('--', at)) {
    return token('comment', after(text.indexOf('\n', at), 1));
  }
  if (text.startsWith('/*', at)) {
    return token('comment', endOfComment(text, at));
  }
  if (character === '$' && !WORD.test(text[at - 1] ?? '')) {
    DOLLAR_TAG.lastIndex = at;
    const [tag] = DOLLAR_TAG.exec(text) ?? [];
    if (tag !== undefined) {
      return token('literal', after(text.indexOf(tag, at + tag.length), tag.length));
    }
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
    skeleton += kind === 'literal' ? "''" : kind === 'comment' ? ' ' : kind === 'name' ? part : part.replace(/\s/, ' ');
    at = end;
  }
  // Spaces inside a quoted name are part of it.
  return skeleton
    .split(/("(?:[^"]|"")*")/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/ +/g, ' ')))
    .join('')
    .trim();
}

/** Whether the literal at `at` is an E'…', in which a backslash escapes. */
function isEscaping(text: string, at: number): boolean {
  return /e/i.test(text[at - 1] ?? '') && !WORD.test(text[at - 2] ?? '');
}

function endOfLiteral(text: string, at: number, escaping: boolean): number | undefined {
  for (let index = at + 1; index < text.length; index++) {
    if (escaping && text[index] === '\\') {
      index++;
    } else if (text[index] === "'") {
      return index + 1;
    }
  }
  return undefined;
}

/** Comments of PostgreSQL nest. */
function endOfComment(text: string, at: number): number | undefined {
  let depth = 0;
  for (let index = at; index < text.length - 1; index++) {
    const pair = text.slice(index, index + 2);
    if (pair === '/*' || pair === '*/') {
      depth += pair === '/*' ? 1 : -1;
      index++;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return undefined;
}

function after(index: number, length: number): number | undefined {
  return index < 0 ? undefined : index + length;
}
