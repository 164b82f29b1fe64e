import { randomUUID } from 'node:crypto';
import type { Aws } from '../aws/aws';
import { ownAws } from '../aws/credentials';
import { identify } from '../aws/identity';
import { CannotRun, ExitCode } from '../exit-code';
import { interruption } from '../interruption';
import { readStore, type StoreAssembly } from '../store-assembly';
import type { Terminal } from '../terminal';
import { JobRun, type JobRequest, type Outcome } from './job-run';
import { Places, processCalled, type Process } from './processes';
import { reportOf, renderReport } from './report';
import type { JobWords } from './words';

/** With what a job is run. */
export interface JobMeans {
  readonly aws: Aws;
  /** Aborted when somebody does not want to wait any longer. */
  readonly signal: AbortSignal;
  /** Id of the run. */
  readonly run: string;
  /** Milliseconds between two looks at the task. */
  readonly pause: number;
}

/** A task is followed for an hour: a request that fails for a passing reason is made often before that is given up. */
const ATTEMPTS = 8;

/** Runs a command in a process of the store, and prints what it says. */
export async function runJob(words: JobWords, terminal: Terminal, means?: JobMeans): Promise<ExitCode> {
  if (means !== undefined) {
    return runWith(words, terminal, means);
  }
  const { signal, forget } = interruption(process);
  try {
    const aws = ownAws(words.profile, ATTEMPTS);
    return await runWith(words, terminal, { aws, signal, run: randomUUID(), pause: 2_000 });
  } finally {
    forget();
  }
}

async function runWith(words: JobWords, terminal: Terminal, { aws, signal, run, pause }: JobMeans): Promise<ExitCode> {
  const store = readStore(words.assembly, words.store);
  const request = { ...(await requestOf(words, store, aws)), run };
  const progress = await terminal.progress(`Starting a task of ${request.process}`);
  const began = performance.now();
  /** What the task says begins where the progress ends: both would want the last line. */
  const instead = (write: (line: string) => void) => (line: string) => {
    progress.stop();
    write(line);
  };
  const job = new JobRun(request, {
    aws,
    // The clock of the terminal stands still.
    now: () => new Date(terminal.now.getTime() + (performance.now() - began)),
    signal: AbortSignal.any([signal, AbortSignal.timeout(words.timeout * 60_000)]),
    stop: words.stop ?? false,
    pause,
    print: instead((line) => (words.json ? terminal.tell(line) : terminal.print(line))),
    say: (status) => progress.say(`${request.process}: ${status}`),
    warn: instead((text) => terminal.tell(text)),
  });
  try {
    const outcome = await job.run();
    progress.stop();
    const report = reportOf(request, job, outcome);
    terminal.tell(renderReport(report));
    if (words.json) {
      terminal.print(JSON.stringify({ store: store.name, ...report }, null, 2));
    }
    return codeOf(outcome);
  } finally {
    progress.stop();
  }
}

/** What is asked for, by whom, and where that is. */
async function requestOf(
  { name, command, reason }: JobWords,
  store: StoreAssembly,
  aws: Aws,
): Promise<Omit<JobRequest, 'run'>> {
  const process = processCalled(name, store);
  requireEnd(process, command);
  const { arn: by } = await identify(store, aws);
  const place = await new Places(aws).find(process);
  if (place === undefined) {
    throw new CannotRun(
      `${process.name} of ${store.name} is not deployed, or was deployed by a version that could run nothing by hand.`,
      `Deploy it first: npx cdk deploy ${process.stack.path}`,
    );
  }
  return { process: process.name, region: process.stack.region, by, place, reason: reason.trim(), command };
}

function requireEnd({ name, ends }: Process, command: readonly string[]): void {
  if (!ends && command.length === 0) {
    throw new CannotRun(
      `What ${name} runs by itself never ends.`,
      `Say what to run: job run ${name.toLowerCase()} --reason "…" -- <command>`,
    );
  }
}

function codeOf({ event, exitCode }: Outcome): ExitCode {
  if (event !== 'ended') {
    return ExitCode.COULD_NOT_RUN;
  }
  return exitCode === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
}
