import type { CliCommand } from '../command';
import type { InitWords } from '../init/run';

const HELP = `
Asks what a store needs and writes a repository of your own: its configuration, an app of five lines, a manifest with
exact versions, and a workflow that checks each change and deploys once somebody approves. It overwrites nothing and
asks no account. What is given as an option is not asked; without a terminal, or with --yes, nothing is.

Exit codes: 0 the repository is written; 2 an answer is missing or wrong; 3 something is there already.

Examples:
  npx commerce-baseline init acme-backend
  npx commerce-baseline init acme-backend --yes --id acme --name "Acme Supplies" --account 111122223333 \\
    --region ap-southeast-1 --offsite-region ap-northeast-1 --host shop.acme.example --zone-id Z0123456789ABCDEFGHIJ \\
    --image public.ecr.aws/acme/shop@sha256:… --administrator "$PLATFORM_ROLE_ARN" \\
    --security-contact security@acme.example`;

/** `commerce-baseline init`: a merchant's own repository. */
export const init: CliCommand = {
  addTo(program, run) {
    program
      .command('init')
      .summary('write a repository of your own')
      .description('Asks what a store needs, and writes a repository of your own.')
      .argument('[directory]', 'where to', '.')
      .option('--id <id>', 'short name of the shop; it can never be changed')
      .option('--environment <environment>', 'what the store is for: production or staging')
      .option('--name <name>', 'name that people know the shop by')
      .option('--tier <tier>', 'starter, standard or regulated')
      .option('--account <account>', 'AWS account, twelve digits')
      .option('--region <region>', 'Region in which it runs')
      .option('--offsite-region <region>', 'another Region, for what is needed after the loss of the first')
      .option('--host <host>', 'host of the shop')
      .option('--zone-name <name>', 'hosted zone in Route 53 that the host is in')
      .option('--zone-id <id>', 'id of that zone')
      .option('--application <application>', 'medusa, woocommerce or container')
      .option('--image <image>', 'its image, best by digest')
      .option('--administrator <arn>', 'IAM role or user that may disable or delete keys')
      .option('--security-contact <address>', 'address for security findings')
      .option('--yes', 'ask nothing')
      .option('--json', 'print JSON: for a program, complete')
      .addHelpText('after', HELP)
      .action((directory: string, options: Omit<InitWords, 'directory'>) =>
        run(async (terminal) => {
          const { runInit } = await import('../init/run.ts');
          return runInit({ ...options, directory }, terminal);
        }),
      );
  },
};
