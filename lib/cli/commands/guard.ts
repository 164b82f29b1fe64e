import type { CliCommand } from '../command';
import type { GuardWords } from '../guard/run';

const HELP = `
stateful.lock.json names every resource that must not be lost (databases, keys, buckets, vaults, pools, tables, file
systems, logs that are evidence) and the properties that decide whether it stays what it is. This command compares an
assembly with it, of any CDK app: what would be removed, replaced, un-retained or lose its protection against deletion,
and what AWS would do. Stores in staging are left out. It asks no account.

A change that is wanted goes into the lock, with its reason and its owner, and the lock is committed with it. Where
nothing would be lost, as at the first time, --update needs neither.

Exit codes: 0 nothing would be lost; 1 something would be, or is not in the lock yet; 2 and 3 as everywhere.

Examples:
  npx commerce-baseline guard
  npx commerce-baseline guard --update
  npx commerce-baseline guard --update --owner ops@acme.example --reason "Restored from the snapshot of 3 May, CHG-118"`;

/** `commerce-baseline guard`: nothing stateful is lost by a change. */
export const guard: CliCommand = {
  addTo(program, run) {
    program
      .command('guard')
      .summary('refuse a change that would lose a database, a key or a bucket')
      .description('Compares what must not be lost with stateful.lock.json, or records a change that is wanted.')
      .argument('[directory]', 'what "cdk synth" wrote', 'cdk.out')
      .option('--lock <file>', 'the lock', 'stateful.lock.json')
      .option('--update', 'write the lock: what the assembly holds is what is wanted')
      .option('--reason <text>', 'with --update: why something is lost or loosened')
      .option('--owner <who>', 'with --update: who answers for that')
      .option('--whole', 'the assembly holds the whole app: a store that is not in it has left')
      .option('--json', 'print JSON: for a program, complete')
      .addHelpText('after', HELP)
      .action((assembly: string, options: Omit<GuardWords, 'assembly'>) =>
        run(async (terminal) => {
          const { runGuard } = await import('../guard/run.ts');
          return runGuard({ ...options, assembly }, terminal);
        }),
      );
  },
};
