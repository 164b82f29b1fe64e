import { runbooksFor } from '../../lib/cli/drill/runbooks';
import { renderMarkdown } from '../../lib/cli/drill/text';
import { readStore } from '../../lib/cli/store-assembly';

/** The runbooks of the Medusa shop of the examples, by their files. */
export function runbookPages(directory: string): Readonly<Record<string, string>> {
  const runbooks = runbooksFor(readStore(directory, 'acme-production'));
  return Object.fromEntries(runbooks.map((runbook) => [`docs/runbooks/${runbook.loss}.md`, renderMarkdown(runbook)]));
}
