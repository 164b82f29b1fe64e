import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { reviewAssembly } from '../../lib/cli/assembly-review';
import { CDK, ForeignProject } from '../support/foreign-project';

/** The newest release of the CDK that a merchant may get. The oldest is the one we build with. */
const NEWEST_CDK = '2.276.0';

const TOOLS = ['aws-cdk', 'tsx', 'typescript', '@types/node'];

const projects: ForeignProject[] = [];

/** A merchant's repository, with what is needed beside the package taken from ours. */
function shop(...beside: string[]): ForeignProject {
  const project = new ForeignProject().install().link(...CDK, ...TOOLS, ...beside);
  projects.push(project);
  return project.copy('shop');
}

/** The shop as it comes from the registry, with the newest CDK. */
function newestShop(): ForeignProject {
  const project = new ForeignProject().copy('shop').installFromRegistry({ 'aws-cdk-lib': NEWEST_CDK });
  projects.push(project);
  return project;
}

afterAll(() => projects.forEach((project) => project.remove()));

test('a shop is eight files, with its lock file', () => {
  const files = readdirSync(path.join(__dirname, 'shop'), { recursive: true, withFileTypes: true });
  const names = files.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect([...names, 'package-lock.json'].sort()).toEqual([
    '.gitignore',
    'README.md',
    'acme.ts',
    'app.ts',
    'cdk.json',
    'package-lock.json',
    'package.json',
    'tsconfig.json',
  ]);
});

test.each([
  ['the oldest', () => shop('cdk-nag')],
  ['the newest', newestShop],
])('it synthesises clean with %s CDK', (_, build) => {
  const project = build();
  const { status, output } = project.bin('aws-cdk/bin/cdk', 'synth', '--quiet', '--no-notices');
  expect(output.slice(0, 3000)).toContain('Successfully synthesized');
  expect(status).toBe(0);
  const { findings, stale, packs, stacks } = reviewAssembly(project.file('cdk.out'));
  expect({ findings, stale }).toEqual({ findings: [], stale: [] });
  expect(packs).toEqual(expect.arrayContaining(['CommerceBaseline', 'PCI.DSS.401', 'AwsSolutions']));
  expect(stacks.map(({ name }) => name)).toContain('acme-production/Data');
});

test('its configuration type-checks', () => {
  const project = shop();
  expect(project.bin('typescript/bin/tsc')).toEqual({ status: 0, output: '' });
});

test('without cdk-nag it says what to install', () => {
  const project = shop();
  const { status, output } = project.run('node', '--import', 'tsx', 'bin/app.ts');
  expect(status).toBe(1);
  expect(output).toContain('Run "npm install --save-dev cdk-nag@^3.0.2". [CdkNagMissing]');
});
