/** Characters that a terminal obeys rather than shows, or that change the order in which others are read. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * `text` as it can be shown: a path or a reason comes from somebody's app, and may hold what moves a cursor, paints the
 * screen or hides a word. A line break becomes a space.
 */
export function plain(text: string): string {
  return text.replace(/\s*\r?\n\s*/g, ' ').replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** `text` for a page of Markdown: nothing in it is markup, and nobody is called by it. */
export function markdown(text: string): string {
  return (
    plain(text)
      .replace(/[\\`*_{}[\]()#+!|<>&~$]/g, '\\$&')
      // A space without width: GitHub writes to whoever is named behind a bare @. An address stays as it is.
      .replace(/(^|[^\w.])@/g, '$1@\u200b')
  );
}

/** `text`, and at most `most` characters of it. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
