import type { Command } from 'commander';
import type { ExitCode } from './exit-code';
import type { Terminal } from './terminal';

/**
 * One command: its words and options, and where its work is. The work is imported when the command runs and not before,
 * so that `--help` does not load the clients of seventeen services.
 */
export interface CliCommand {
  /**
   * Adds the command to `program`.
   *
   * @param program the program, or the command that this one stands under
   * @param run takes the work of an action, and sees to its exit code
   */
  addTo(program: Command, run: Run): void;
}

/** What a command does once its words are understood. */
export type Work = (terminal: Terminal) => Promise<ExitCode>;

/** Runs the work of a command. */
export type Run = (work: Work) => Promise<void>;

/** Options of every command about a store. */
export interface StoreOptions {
  /** Directory of the assembly. */
  readonly assembly: string;
  /** Whether to print JSON. */
  readonly json?: boolean;
}

/** Adds to `command` what every command about a store takes: which store, from which assembly, and as what. */
export function aboutAStore(command: Command): Command {
  return command
    .argument('[store]', 'the store, as <id>-<environment>; needed where the assembly holds several')
    .option('--assembly <directory>', 'what "cdk synth" wrote', 'cdk.out')
    .option('--json', 'print JSON: for a program, complete');
}
