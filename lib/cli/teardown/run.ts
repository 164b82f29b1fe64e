import { ExitCode } from '../exit-code';
import { readStore } from '../store-assembly';
import type { Terminal } from '../terminal';
import { planTeardown } from './plan';
import { renderMarkdown, renderText } from './text';

/** What was typed. */
export interface TeardownWords {
  readonly store?: string;
  readonly assembly: string;
  readonly json?: boolean;
  readonly format: 'text' | 'markdown';
}

/** Prints the plan. A plan finds nothing: it is always clean. */
export function runTeardown(words: TeardownWords, terminal: Terminal): ExitCode {
  const plan = planTeardown(readStore(words.assembly, words.store));
  const render = words.format === 'markdown' ? renderMarkdown : renderText;
  terminal.print(words.json ? JSON.stringify(plan, null, 2) : render(plan));
  return ExitCode.CLEAN;
}
