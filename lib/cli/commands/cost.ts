import { Option, type Command } from 'commander';
import { aboutAStore, type CliCommand, type StoreOptions } from '../command';

interface CostOptions extends StoreOptions {
  readonly format: 'table' | 'markdown' | 'json';
  readonly prices?: string;
  readonly tier?: string;
}

/** As the app's own list of tiers has them; a command does not load the constructs behind it. */
const TIERS = ['starter', 'standard', 'regulated'];

const HELP = `
Says what the stacks of the assembly cost a month: idle, with 300 orders and 30,000 page views a day, and with ten times
that. Any CDK app will do; of an app with stores, name one to have its stacks alone. Prices come from a dated list that
is part of this version, never from AWS: what is priced by use, what a template leaves open and what has no price is
listed and in no sum. What is assumed of a shop stands in docs/cost.md. It asks no account and removes nothing.

--tier answers before there is a configuration: it prints what an example, a Medusa shop of that tier at the prices of
us-east-1, cost when this version was made. It does not read the assembly.

Exit codes: 0 it was computed; 2 and 3 as everywhere.

Examples:
  npx commerce-baseline cost acme-production
  npx commerce-baseline cost --tier starter`;

/** `commerce-baseline cost`: what the stacks cost a month. */
export const cost: CliCommand = {
  addTo(program, run) {
    aboutAStore(program.command('cost'))
      .summary('say what the stacks cost a month')
      .description('Says what the stacks of the assembly cost a month.')
      .addOption(
        new Option('--format <format>', 'how to print it').choices(['table', 'markdown', 'json']).default('table'),
      )
      .option('--prices <region>', 'the Region of the prices; left out, that of each stack')
      .addOption(
        new Option('--tier <tier>', 'what an example of the tier costs')
          .choices(TIERS)
          .conflicts(['prices', 'assembly']),
      )
      .addHelpText('after', HELP)
      .action((store: string | undefined, options: CostOptions, command: Command) => {
        if (store !== undefined && options.tier !== undefined) {
          command.error("error: option '--tier <tier>' cannot be used with a store");
        }
        return run(async (terminal) => {
          const { runCost } = await import('../cost/run.ts');
          return runCost({ ...options, store }, terminal);
        });
      });
  },
};
