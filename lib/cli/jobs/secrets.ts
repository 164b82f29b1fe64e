/** Names of options and settings whose values are nobody else's business. */
const NAMES = /^-{0,2}[\w.-]*(pass(word|wd|phrase)?|pwd|secret|token|api[-_]?key|private[-_]?key|credential)s?$/i;

/** What secrets look like wherever they stand. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['a URL with a password', /:\/\/[^\s/:@]*:[^\s/@]+@/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an access key of AWS', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a key of a payment gateway', /\b((sk|rk)_(live|test)|whsec)_\w{8,}/],
  ['a token', /\b(gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)/],
];

/** A run of digits that may be the number of a card. */
const DIGITS = /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g;

/**
 * What in `words` must not be written down, and the command line of a task is: in the ledger, in CloudTrail, and in ECS.
 * It knows common names and shapes, and a secret that looks like a word is not seen. Nothing of the secret is repeated.
 */
export function secretIn(words: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const at = `word ${index + 1}`;
    const [name, ...value] = word.split('=');
    if (NAMES.test(name) && value.join('=') !== '') {
      return `${at} gives a value to ${name}`;
    }
    if (index > 0 && /^-/.test(words[index - 1]) && NAMES.test(words[index - 1]) && !word.startsWith('-')) {
      return `${at} gives a value to ${words[index - 1]}`;
    }
    const shape = SHAPES.find(([, pattern]) => pattern.test(word))?.[0] ?? cardIn(word);
    if (shape !== undefined) {
      return `${at} holds ${shape}`;
    }
  }
  return undefined;
}

function cardIn(word: string): string | undefined {
  return [...word.matchAll(DIGITS)].some(([digits]) => isCardNumber(digits)) ? 'the number of a card' : undefined;
}

/** By the check digit that ISO/IEC 7812 gives to numbers of cards (Luhn). */
function isCardNumber(digits: string): boolean {
  const sum = [...digits.replace(/\D/g, '')]
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)]))
    .reduce((total, digit) => total + digit, 0);
  return sum % 10 === 0;
}
