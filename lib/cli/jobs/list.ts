import type { Aws } from '../aws/aws';
import { ownAws } from '../aws/credentials';
import { identify } from '../aws/identity';
import { CannotRun, ExitCode } from '../exit-code';
import { readStore } from '../store-assembly';
import type { Terminal } from '../terminal';
import { textTable } from '../text-table';
import { Places, processesOf } from './processes';

/** What was typed. */
export interface JobListWords {
  readonly assembly: string;
  readonly store?: string;
  readonly json?: boolean;
  readonly profile?: string;
}

/** Prints what commands can be run in, as the assembly says, and where that is in the account. */
export async function listJobs(
  words: JobListWords,
  terminal: Terminal,
  aws: Aws = ownAws(words.profile),
): Promise<ExitCode> {
  const store = readStore(words.assembly, words.store);
  const processes = processesOf(store);
  if (processes.length === 0) {
    throw new CannotRun(`Nothing can be run by hand in ${store.name}.`, 'Synthesise it again with this version.');
  }
  await identify(store, aws);
  const places = new Places(aws);
  const found = await Promise.all(processes.map(async (process) => ({ process, place: await places.find(process) })));
  if (words.json) {
    const jobs = found.map(({ process: { name, command, ends }, place }) => ({ name, command, ends, place }));
    terminal.print(JSON.stringify({ store: store.name, jobs }, null, 2));
    return ExitCode.CLEAN;
  }
  const rows = found.map(({ process: { name, command, ends }, place }) => [
    name.toLowerCase(),
    command?.join(' ') ?? 'what the image runs',
    ends ? 'its end' : 'it is stopped',
    place?.logGroup ?? 'not deployed',
  ]);
  terminal.print(textTable(['name', 'runs by itself', 'until', 'log group'], rows));
  const ledger = found.find(({ place }) => place !== undefined)?.place?.ledger;
  if (ledger !== undefined) {
    terminal.print(`Who ran what, and why: aws logs tail ${ledger} --since 30d --region ${store.region}`);
  }
  return ExitCode.CLEAN;
}
