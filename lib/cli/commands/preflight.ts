import { aboutAStore, type CliCommand, type StoreOptions } from '../command';

interface PreflightOptions extends StoreOptions {
  readonly all?: boolean;
  readonly check?: readonly string[];
  readonly profile?: string;
}

const HELP = `
Asks AWS and DNS, read-only, whether a deployment of the store would get through: bootstrap, zone and certificates,
quotas, names that are taken, service-linked roles, stacks that are in the way. What somebody has to do comes with the
command that does it. What could not be read is "unknown", never "ok".

Credentials come from the usual AWS variables or profile and have to be of the store's account. The policy
ReadOnlyAccess of AWS is enough.

Exit codes: 0 nothing fails (warnings are shown), 1 something fails or is unknown, 2 and 3 as everywhere.`;

/** `commerce-baseline preflight`: whether a deployment would get through. */
export const preflight: CliCommand = {
  addTo(program, run) {
    aboutAStore(program.command('preflight'))
      .summary('ask the account whether a deployment would get through')
      .description('Asks the account whether a deployment of the store would get through.')
      .option('--all', 'list what is fine, too')
      .option('--check <name...>', 'make only these checks, as the table names them: after a repair')
      .option('--profile <name>', 'the AWS profile to use')
      .addHelpText('after', HELP)
      .action((store: string | undefined, options: PreflightOptions) =>
        run(async (terminal) => {
          const { runPreflight } = await import('../preflight/run.ts');
          return runPreflight({ ...options, store }, terminal);
        }),
      );
  },
};
