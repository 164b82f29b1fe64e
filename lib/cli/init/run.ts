import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { BaselineError } from '../../core/errors';
import { CannotRun, ExitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { problemsIn, QUESTIONS, suggestion, type AnswerName, type Answers } from './answers';
import { askOnTerminal, completed, confirmOnTerminal, isLeft } from './ask';
import { FILE_NAMES, filesFor } from './files';

/** What was typed. */
export interface InitWords extends Partial<Answers> {
  readonly directory: string;
  /** Whether to write without asking anything. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Asks what is missing, and writes the repository. */
export async function runInit(words: InitWords, terminal: Terminal): Promise<ExitCode> {
  try {
    return await write(words, terminal);
  } catch (error) {
    throw isLeft(error) ? new CannotRun('Nothing is written.', 'Start again, or give the answers as options.') : error;
  }
}

async function write({ directory, yes, json, ...given }: InitWords, terminal: Terminal): Promise<ExitCode> {
  refuseToOverwrite(directory, FILE_NAMES);
  const isAsking = yes !== true && process.stdin.isTTY;
  const wrong = problemsIn(given).filter(({ value }) => value !== undefined);
  // What was typed is judged before anybody answers fourteen questions.
  const answers = isAsking && wrong.length === 0 ? await completed(given, askOnTerminal) : withSuggestions(given);
  const problems = problemsIn(answers);
  if (problems.length > 0) {
    terminal.tell(new BaselineError('The repository', problems).message);
    return ExitCode.USAGE;
  }
  const files = filesFor(answers as Answers);
  refuseToOverwrite(directory, Object.keys(files));
  if (isAsking && !(await confirmOnTerminal(`Write ${Object.keys(files).length} files to ${directory}?`))) {
    terminal.tell('Nothing is written.');
    return ExitCode.CLEAN;
  }
  Object.entries(files).forEach(([name, text]) => writeNew(path.join(directory, name), text));
  const names = Object.keys(files);
  terminal.print(json === true ? JSON.stringify({ directory, files: names }, null, 2) : names.join('\n'));
  terminal.tell(NEXT);
  return ExitCode.CLEAN;
}

const NEXT = `
Next, in that directory:
  npm install
  npx cdk synth --quiet
  npx commerce-baseline guard --update
  git init && git add . && git commit    # with package-lock.json and stateful.lock.json`;

/** What most people answer, where nothing was given. */
function withSuggestions(given: Partial<Answers>): Partial<Answers> {
  const names = Object.keys(QUESTIONS) as AnswerName[];
  return names.reduce<Partial<Answers>>(
    (known, name) => ({ ...known, [name]: known[name] ?? suggestion(name, known) }),
    given,
  );
}

/** Before the first file is written: a repository is written whole or not at all. */
function refuseToOverwrite(directory: string, names: readonly string[]): void {
  const there = names.filter((name) => existsSync(path.join(directory, name)));
  if (there.length > 0) {
    throw new CannotRun(
      `In ${directory} there is already ${there.join(', ')}; nothing is overwritten.`,
      'Name an empty directory.',
    );
  }
}

function writeNew(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new CannotRun(
      `${file} cannot be written: ${(error as Error).message}.`,
      'Name a place that you may write to.',
    );
  }
}
