import { clipped, markdown, plain } from './plain-text';
import { textTable } from './text-table';

/** Something that is said of a thing, line by line. */
export interface Item {
  /** The thing. */
  readonly of: string;
  readonly lines: readonly string[];
}

/** What differs between a terminal and a page. Whatever comes in is shown as it is written, never obeyed. */
export interface PageStyle {
  readonly heading: (text: string) => string;
  readonly table: (head: readonly string[], rows: readonly (readonly (string | number)[])[]) => string;
  readonly items: (items: readonly Item[]) => string;
  readonly commands: (lines: readonly string[]) => string;
}

/** For a terminal and a log. */
export const TEXT: PageStyle = {
  heading: (text) => `\n${text}\n${'='.repeat(text.length)}`,
  table: (head, rows) =>
    textTable(
      head,
      rows.map((row) => row.map((cell) => plain(String(cell)))),
    ),
  items: (items) =>
    items.map(({ of, lines }) => [of, ...lines.map((line) => `  ${line}`)].map(plain).join('\n')).join('\n\n'),
  commands: (lines) => lines.map((line) => `     ${plain(line)}`).join('\n'),
};

/** Longest text in a table or a list of a page, in characters: one text must not crowd out the others. */
const LONGEST = 500;

/** For a page of Markdown. */
export const MARKDOWN: PageStyle = {
  heading: (text) => `\n## ${text}\n`,
  table: (head, rows) =>
    [head, head.map(() => '---'), ...rows.map((row) => row.map((cell) => inPage(String(cell))))]
      .map((row) => `| ${row.join(' | ')} |`)
      .join('\n'),
  items: (items) =>
    items
      .map(({ of, lines }) => [`- **${inPage(of)}**`, ...lines.map((line) => `  ${inPage(line)}`)].join('\\\n'))
      .join('\n'),
  commands: (lines) => `\n\`\`\`sh\n${lines.map(plain).join('\n')}\n\`\`\`\n`,
};

function inPage(text: string): string {
  return markdown(clipped(text, LONGEST));
}
