import type { Aws } from '../aws/aws';
import { ownAws } from '../aws/credentials';
import { ExitCode } from '../exit-code';
import { readStore } from '../store-assembly';
import type { Terminal } from '../terminal';
import { resolvers, type NameServers } from './name-servers';
import { preflight } from './preflight';
import { renderPreflight } from './text';

/** What was typed. */
export interface PreflightWords {
  readonly store?: string;
  readonly assembly: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly check?: readonly string[];
  readonly profile?: string;
}

/** What is asked. */
export interface Asked {
  readonly aws: Aws;
  readonly names: NameServers;
}

/** Asks, and prints what was answered. */
export async function runPreflight(
  words: PreflightWords,
  terminal: Terminal,
  { aws, names }: Asked = { aws: ownAws(words.profile), names: resolvers() },
): Promise<ExitCode> {
  const store = readStore(words.assembly, words.store);
  const progress = await terminal.progress(`Asking about ${store.name}`);
  try {
    const onAnswer = (answered: number, of: number): void =>
      progress.say(`Asking about ${store.name}: ${answered} of ${of}`);
    const report = await preflight(store, { aws, names, now: terminal.now, checks: words.check, onAnswer });
    progress.stop();
    const text = words.json ? JSON.stringify(report, null, 2) : renderPreflight(report, words.all ?? false, terminal);
    terminal.print(text);
    const isFound = report.results.some(({ verdict }) => verdict === 'failure' || verdict === 'unknown');
    return isFound ? ExitCode.FINDINGS : ExitCode.CLEAN;
  } finally {
    progress.stop();
  }
}
