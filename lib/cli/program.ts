import { Command, CommanderError } from 'commander';
import type { Run } from './command';
import { COMMANDS } from './commands';
import { CannotRun, ExitCode } from './exit-code';
import type { Terminal } from './terminal';

// A paragraph is one line: it is broken where the terminal ends.
const ABOUT = [
  'Looks after a store that cdk-commerce-baseline describes.',
  '',
  'Commands read the assembly that "npx cdk synth" writes; init writes a repository of yours. They change nothing in an ' +
    'account, but for "job run": a command of yours does there what it does.',
].join('\n');

const HELP = `
Exit codes:
  0  clean
  1  something was found that somebody has to look at
  2  the command line is wrong
  3  the command could not run: no assembly, no credentials

Examples:
  npx cdk synth --quiet && npx commerce-baseline check
  npx commerce-baseline preflight acme-production
  npx commerce-baseline job run worker --reason "Owner forgot her password" -- wp shop invite owner@acme.example
  npx commerce-baseline teardown acme-production --plan --format markdown > teardown.md`;

/**
 * Runs the command that `words` name and returns its exit code.
 *
 * @param words what stands behind the program's name
 * @param terminal where to write
 */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let outcome = ExitCode.CLEAN;
  const program = programFor(terminal, async (work) => {
    outcome = await work(terminal);
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return outcome;
  } catch (error) {
    return codeOf(error, terminal);
  }
}

function programFor(terminal: Terminal, run: Run): Command {
  const program = settled(new Command('commerce-baseline'), terminal)
    .description(ABOUT)
    .addHelpText('after', HELP)
    .enablePositionalOptions()
    .showHelpAfterError('Add --help for the words that are understood.');
  COMMANDS.forEach((command) => command.addTo(program, run));
  return program;
}

/** A parser that throws where it would end the process, and writes where we write. Commands added later do as well. */
function settled(command: Command, terminal: Terminal): Command {
  return command.exitOverride().configureOutput({
    writeOut: (text) => terminal.print(text.trimEnd()),
    writeErr: (text) => terminal.tell(text.trimEnd()),
  });
}

function codeOf(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) {
    // It has said what is wrong. Help that was asked for is no error.
    return error.exitCode === 0 ? ExitCode.CLEAN : ExitCode.USAGE;
  }
  if (error instanceof CannotRun) {
    terminal.tell(error.message);
    return ExitCode.COULD_NOT_RUN;
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.tell(`This is a mistake of commerce-baseline; please report it.\n${message}`);
  return ExitCode.COULD_NOT_RUN;
}
