// Data and no code: the flags that a new app of the CDK has, as of the release that the store was tested with.
// eslint-disable-next-line no-restricted-imports
import featureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { devDependencies, version } from '../../../package.json';
import { markdown } from '../plain-text';
import type { Answers } from './answers';
import { storeFile } from './store-file';
import { WORKFLOW } from './workflow-text';

/** The files that every repository has, and what is in them. */
const FILES: Readonly<Record<string, (answers: Answers) => string>> = {
  'bin/app.ts': ({ id }) => appFile(id),
  'package.json': ({ id }) => json(manifest(id)),
  'cdk.json': () => json({ app: 'node --import tsx bin/app.ts', context: featureFlags }),
  'tsconfig.json': () => json(COMPILER),
  '.gitignore': () => 'node_modules/\ncdk.out/\n',
  '.github/workflows/shop.yml': () => WORKFLOW.slice(WORKFLOW.indexOf('# Actions are pinned')),
  'README.md': readme,
};

/** Their paths, which are known before anything is answered. */
export const FILE_NAMES = Object.keys(FILES);

/** The files of a merchant's repository, by their paths in it. */
export function filesFor(answers: Answers): Readonly<Record<string, string>> {
  const files = Object.entries(FILES).map(([name, write]) => [name, write(answers)] as const);
  return { [`config/${answers.id}.ts`]: storeFile(answers), ...Object.fromEntries(files) };
}

function json(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function appFile(id: string): string {
  return [
    "import { App } from 'aws-cdk-lib';",
    "import { buildStores } from 'cdk-commerce-baseline/app';",
    `import store from '../config/${id}';`,
    '',
    `buildStores(new App(), { '${id}': store });`,
    '',
  ].join('\n');
}

/** Exact versions: those that the package was tested with. */
function manifest(id: string): object {
  const { constructs, tsx, typescript, 'aws-cdk': cli, 'aws-cdk-lib': cdk, 'cdk-nag': nag } = devDependencies;
  return {
    name: `${id}-backend`,
    private: true,
    scripts: {
      typecheck: 'tsc',
      synth: 'cdk synth --quiet',
      check: 'commerce-baseline check && commerce-baseline guard',
      diff: 'cdk diff --all',
      deploy: 'cdk deploy --all',
    },
    dependencies: { 'aws-cdk-lib': cdk, 'cdk-commerce-baseline': version, constructs },
    devDependencies: {
      '@types/node': devDependencies['@types/node'],
      'aws-cdk': cli,
      'cdk-nag': nag,
      tsx,
      typescript,
    },
  };
}

const COMPILER = {
  compilerOptions: {
    target: 'es2023',
    module: 'node20',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['bin', 'config'],
};

function readme({ id, name }: Answers): string {
  return `# ${markdown(name)}: the backend

\`config/${id}.ts\` says what the shop needs; \`cdk-commerce-baseline\` builds it on AWS.

    npm install                           # once; commit package-lock.json
    npx cdk synth --quiet                 # no account needed: builds the templates and runs the rule packs
    npx commerce-baseline guard --update  # once; commit stateful.lock.json
    npx commerce-baseline check
    npx commerce-baseline preflight       # asks the account whether a deployment would succeed
    npx cdk diff --all
    npx cdk deploy --all

\`stateful.lock.json\` names what must not be lost. A change that would remove or replace a database, a key or a bucket stops the synthesis;
if it is wanted, \`npx commerce-baseline guard --update --reason "…" --owner …\` records it.

\`.github/workflows/shop.yml\` checks each change and deploys \`main\` once somebody approves. It needs the variables \`AWS_DIFF_ROLE\`,
\`AWS_DEPLOY_ROLE\` and \`AWS_REGION\`, and an environment \`production\` with reviewers.
`;
}
