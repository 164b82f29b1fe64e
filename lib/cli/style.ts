import { textTable } from './text-table';

/** Rows under headings: a table of a terminal, or of Markdown. */
type TableOf = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

/** What differs between a terminal and a page. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly table: TableOf;
  readonly commands: (lines: readonly string[]) => string;
}

/** For a terminal and a log. */
export const TEXT: Style = {
  heading: (text) => `\n${text}\n${'='.repeat(text.length)}`,
  table: textTable,
  commands: (lines) => lines.map((line) => `     ${line}`).join('\n'),
};

/** For a page and a pull request. */
export const MARKDOWN: Style = {
  heading: (text) => `\n## ${text}\n`,
  table: (head, rows) =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(escaped).join(' | ')} |`).join('\n'),
  commands: (lines) => `\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`,
};

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
