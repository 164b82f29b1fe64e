import * as path from 'node:path';
import { ExitCode } from '../exit-code';
import { readStore } from '../store-assembly';
import type { Terminal } from '../terminal';
import { writeWhole } from '../write-whole';
import { LOSSES, type Loss } from './runbook';
import { runbookFor, runbooksFor } from './runbooks';
import { renderMarkdown, renderText } from './text';

/** What was typed: the store, and where its assembly is. */
export interface DrillWords {
  readonly store?: string;
  readonly assembly: string;
  readonly json?: boolean;
}

/** Prints what would be done after a loss. It asks no account, and changes none. */
export function runRestore({ loss, ...words }: DrillWords & { readonly loss: Loss }, terminal: Terminal): ExitCode {
  const runbook = runbookFor(readStore(words.assembly, words.store), loss);
  terminal.print(words.json === true ? JSON.stringify(runbook, null, 2) : renderText(runbook));
  return ExitCode.CLEAN;
}

/** Writes a page for each loss that the store can recover from. */
export function runRunbook({ out, ...words }: DrillWords & { readonly out: string }, terminal: Terminal): ExitCode {
  const store = readStore(words.assembly, words.store);
  const runbooks = runbooksFor(store);
  const files = runbooks.map((runbook) => {
    const file = path.join(out, `${store.name}-${runbook.loss}.md`);
    writeWhole(file, renderMarkdown(runbook));
    return file;
  });
  const none = LOSSES.filter((loss) => !runbooks.some((runbook) => runbook.loss === loss));
  const lines = [
    ...files.map((file) => `${file} is written.`),
    ...none.map((loss) => `There is none for the loss "${loss}": "drill restore --loss ${loss} --dry-run" says why.`),
  ];
  terminal.print(words.json === true ? JSON.stringify({ files, none }, null, 2) : lines.join('\n'));
  return ExitCode.CLEAN;
}
