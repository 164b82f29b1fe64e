import { compareWithLock, type GuardComparison } from '../../compliance/guard/compare';
import { lineOf } from '../../compliance/guard/guard-text';
import { recordOf, type AssemblyRecord } from '../../compliance/guard/record';
import { readLock, renderLock, type StatefulLock } from '../../compliance/guard/stateful-lock';
import { Unreadable } from '../../compliance/guard/unreadable';
import { EMPTY_LOCK, updatedLock } from '../../compliance/guard/update-lock';
import { readAssembly } from '../../compliance/template-graph/read-assembly';
import { TemplateGraph } from '../../compliance/template-graph/template-graph';
import { BaselineError } from '../../core/errors';
import { CannotRun, ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { Waiting } from '../waiting';
import { writeWhole } from '../write-whole';
import { renderGuard } from './text';

/** What was typed. */
export interface GuardWords {
  readonly assembly: string;
  readonly lock: string;
  readonly update?: boolean;
  readonly reason?: string;
  readonly owner?: string;
  readonly whole?: boolean;
  readonly json?: boolean;
}

/** Compares the assembly with the lock, or writes the lock. */
export async function runGuard(words: GuardWords, terminal: Terminal): Promise<ExitCode> {
  const waiting = new Waiting(terminal);
  try {
    await waiting.for(`Reading ${words.assembly}`);
    const record = recordIn(words.assembly);
    const lock = readable(() => readLock(words.lock));
    waiting.stop();
    return words.update === true ? update(lock, record, words, terminal) : compare(lock, record, words, terminal);
  } finally {
    waiting.stop();
  }
}

function compare(
  lock: StatefulLock | undefined,
  record: AssemblyRecord,
  words: GuardWords,
  terminal: Terminal,
): ExitCode {
  if (lock === undefined) {
    throw new CannotRun(
      `There is no ${words.lock}: nothing says what must not be lost.`,
      'Write it with "npx commerce-baseline guard --update", read it, and commit it.',
    );
  }
  const comparison = compareWithLock(lock, record, words.whole);
  const isClean = comparison.findings.length + comparison.unrecorded.length === 0;
  const report = { clean: isClean, ...comparison, disposable: record.disposable };
  terminal.print(words.json === true ? JSON.stringify(report, null, 2) : renderGuard(comparison, record, terminal));
  return isClean ? ExitCode.CLEAN : ExitCode.FINDINGS;
}

function update(
  before: StatefulLock | undefined,
  record: AssemblyRecord,
  words: GuardWords,
  terminal: Terminal,
): ExitCode {
  const lock = before ?? EMPTY_LOCK;
  const comparison = compareWithLock(lock, record, words.whole);
  const { reason = '', owner = '' } = words;
  requireDecision(comparison, reason.trim(), owner.trim());
  const date = terminal.now.toISOString().slice(0, 10);
  const after = updatedLock(lock, record, { date, reason: reason.trim(), owner: owner.trim() }, comparison);
  writeWhole(words.lock, renderLock(after));
  const { findings } = comparison;
  const count = Object.values(after.stacks).reduce((sum, { resources }) => sum + Object.keys(resources).length, 0);
  const report = { file: words.lock, resources: count, recorded: findings };
  const lines = [
    ...findings.map((finding) => `Recorded: ${lineOf(finding)}`),
    `${words.lock} names ${count} resources that must not be lost. Commit it.`,
  ];
  terminal.print(words.json === true ? JSON.stringify(report, null, 2) : lines.join('\n'));
  return ExitCode.CLEAN;
}

/** Losing something is somebody's decision. */
function requireDecision({ findings }: GuardComparison, reason: string, owner: string): void {
  if (findings.length > 0 && (reason === '' || owner === '')) {
    throw new CannotRun(
      [`The lock is as it was: ${findings.length} of its promises would be broken.`, ...findings.map(lineOf)].join(
        '\n',
      ),
      'Add --reason "<why>" and --owner <who> if that is wanted.',
    );
  }
}

function recordIn(directory: string): AssemblyRecord {
  const { stacks } = readable(() => new TemplateGraph(readAssembly(directory)));
  if (stacks.length === 0) {
    throw new CannotRun(`The assembly in ${directory} holds no stack.`, 'Synthesise an app that has one.');
  }
  return recordOf(stacks);
}

/** What `read` gives; a file that cannot be read is said in the words of a command. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) {
      throw new CannotRun(error.problem, error.remedy);
    }
    if (error instanceof BaselineError) {
      throw new CannotRun(error.message, 'Remove the directory and run "npx cdk synth --quiet" again.');
    }
    throw error;
  }
}
