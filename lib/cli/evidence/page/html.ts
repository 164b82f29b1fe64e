import { htmlEscape } from 'escape-goat';
import { plain } from '../../plain-text';

/** Markup that was made here. */
export class Html {
  public constructor(
    /** As it is written to a page. */
    public readonly text: string,
  ) {}
}

/** What can be put into markup: of a text, nothing is markup. */
export type Content = Html | string | number | undefined | readonly Content[];

/** Markup. What is put into it is escaped, unless it is markup itself; nothing and empty lists leave nothing. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(
    parts.map((part, place) => part + (place < contents.length ? written(contents[place]) : '')).join(''),
  );
}

function written(content: Content): string {
  if (content instanceof Html) {
    return content.text;
  }
  if (content === undefined) {
    return '';
  }
  return typeof content === 'object' ? content.map(written).join('') : htmlEscape(plain(String(content)));
}
