import { Option } from 'commander';
import { aboutAStore, type CliCommand, type StoreOptions } from '../command';

interface TeardownOptions extends StoreOptions {
  readonly plan: boolean;
  readonly format: 'text' | 'markdown';
}

const HELP = `
Says how to remove the store, from its templates alone, and asks no account: which stack goes after which, the
protections to lift first, what stays and why, what that costs each month, and how to take the data out. The commands
are yours to run; this one removes nothing.

Exit codes: 0 the plan is printed, 2 and 3 as everywhere.`;

/** `commerce-baseline teardown --plan`: how to remove a store, and what is left. */
export const teardown: CliCommand = {
  addTo(program, run) {
    aboutAStore(program.command('teardown'))
      .summary('say how to remove the store, and what stays')
      .description('Says how to remove the store, and what stays.')
      .requiredOption('--plan', 'print the plan; there is nothing else that this command does')
      .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'markdown']).default('text'))
      .addHelpText('after', HELP)
      .action((store: string | undefined, options: TeardownOptions) =>
        run(async (terminal) => {
          const { runTeardown } = await import('../teardown/run.ts');
          return runTeardown({ ...options, store }, terminal);
        }),
      );
  },
};
