import * as fc from 'fast-check';

const encode = (letter: string): string => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** What a letter of a path may become without meaning anything else. */
const LETTER = [
  (letter: string) => letter,
  (letter: string) => letter.toUpperCase(),
  (letter: string) => letter.toLowerCase(),
  encode,
  (letter: string) => encode(letter).toUpperCase(),
  (letter: string) => encode(letter.toUpperCase()),
];

/** What may stand between two segments. */
const SEPARATORS = ['/', '//', '/./', '/%2e/', '%2f', '/x/../', '/%78/%2E%2e/', '/.//'];

/** Spellings of `path` that lead to the same place: what somebody tries who wants to get past a rule. */
export function spellings(path: string): fc.Arbitrary<string> {
  const segments = path.split('/').filter((segment) => segment !== '');
  const letters = segments.join('').length;
  return fc
    .record({
      letters: fc.array(fc.constantFrom(...LETTER), { minLength: letters, maxLength: letters }),
      separators: fc.array(fc.constantFrom(...SEPARATORS), { minLength: segments.length, maxLength: segments.length }),
      climb: fc.constantFrom('', '/..', '/%2e%2e/..'),
      end: fc.constantFrom('', '/', '/.', '%2F', '/x/..'),
    })
    .map(({ letters: change, separators, climb, end }) => {
      let next = 0;
      const spelled = segments.map((segment) => [...segment].map((letter) => change[next++]?.(letter)).join(''));
      return climb + spelled.map((segment, index) => `${separators[index]}${segment}`).join('') + end;
    });
}
