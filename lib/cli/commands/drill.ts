import { Option, type Command } from 'commander';
import { aboutAStore, type CliCommand, type Run, type StoreOptions } from '../command';
import { LOSSES, type Loss } from '../drill/runbook';

const RESTORE_HELP = `
It asks no account and changes none. The steps are yours to run: a program that restores by itself would need rights
that nobody should have on an ordinary day.

Exit codes: 0 the steps are printed, 2 and 3 as everywhere.

Examples:
  npx commerce-baseline drill restore --loss table --dry-run
  npx commerce-baseline drill restore acme-production --loss region --dry-run`;

const GROUP_HELP = `
Both take --json, and each has help of its own: npx commerce-baseline drill restore --help

Exit codes: 0 printed or written; 2 and 3 as everywhere.`;

/** `commerce-baseline drill`: what to do after a loss, with the names of the store. */
export const drill: CliCommand = {
  addTo(program, run) {
    const group = program
      .command('drill')
      .summary('say how to come back from a loss, step by step')
      .description('Says how to come back from a loss, step by step, with the names of the store.')
      .addHelpText('after', GROUP_HELP);
    addRestore(group, run);
    addRunbook(group, run);
  },
};

function addRestore(group: Command, run: Run): void {
  aboutAStore(group.command('restore'))
    .summary('print what would be done')
    .description('Prints what would be done after a loss.')
    .addOption(new Option('--loss <what>', 'what is gone').choices(LOSSES).makeOptionMandatory())
    .requiredOption('--dry-run', 'print the steps; there is nothing else that this command does')
    .addHelpText('after', RESTORE_HELP)
    .action((store: string | undefined, options: StoreOptions & { readonly loss: Loss }) =>
      run(async (terminal) => {
        const { runRestore } = await import('../drill/run.ts');
        return runRestore({ ...options, store }, terminal);
      }),
    );
}

function addRunbook(group: Command, run: Run): void {
  aboutAStore(group.command('runbook'))
    .summary('write a page for each loss')
    .description('Writes a page for each loss that the store can come back from.')
    .option('--out <directory>', 'where to write them', 'runbooks')
    .action((store: string | undefined, options: StoreOptions & { readonly out: string }) =>
      run(async (terminal) => {
        const { runRunbook } = await import('../drill/run.ts');
        return runRunbook({ ...options, store }, terminal);
      }),
    );
}
