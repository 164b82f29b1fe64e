/**
 * `text` with everything that a terminal would act upon written out: `\x1b[2J` clears no screen, and what reads from
 * right to left does not swap words. Tabs stay.
 */
export function printable(text: string): string {
  return text.replace(ACTED_UPON, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Control characters, line and paragraph separators, and what changes the direction of text. */
const ACTED_UPON = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
