import { readdirSync } from 'node:fs';
import { CDK, ForeignProject } from '../support/foreign-project';

const project = new ForeignProject().install();
const installed = readdirSync(project.file('node_modules')).filter((name) => !name.startsWith('.'));
project.link(...CDK, 'cdk-nag');

afterAll(() => project.remove());

/** Packages from which `require(entry)` loads something. What the CDK brings along lies inside it. */
function packagesLoadedBy(entry: string): string[] {
  const script = `require('${entry}'); console.log(JSON.stringify(Object.keys(require.cache)));`;
  const loaded = JSON.parse(project.run('node', '--eval', script).output) as string[];
  const packages = loaded.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file);
  return [...new Set(packages)].sort();
}

test('installing it installs nothing else', () => {
  expect(installed).toEqual(['cdk-commerce-baseline']);
});

test.each(['cdk-commerce-baseline', 'cdk-commerce-baseline/app'])('%s loads the CDK and nothing else', (entry) => {
  expect(packagesLoadedBy(entry)).toEqual(['aws-cdk-lib', 'cdk-commerce-baseline', 'constructs']);
});

test('the constructs load without the door for merchants', () => {
  const script = `
    require('cdk-commerce-baseline');
    console.log(Object.keys(require.cache).filter((file) => file.includes('/dist/app/')).length);
  `;
  expect(project.run('node', '--eval', script)).toEqual({ status: 0, output: '0' });
});

test('an ES module imports by name from both', () => {
  const script = `
    import { CustomerDatabase } from 'cdk-commerce-baseline';
    import { buildStores, defineStore } from 'cdk-commerce-baseline/app';
    console.log([CustomerDatabase, buildStores, defineStore].map((each) => typeof each).join());
  `;
  const outcome = project.run('node', '--input-type=module', '--eval', script);
  expect(outcome).toEqual({ status: 0, output: 'function,function,function' });
});

test('there is no other way in', () => {
  const { output } = project.run('node', '--eval', "require('cdk-commerce-baseline/dist/core/errors')");
  expect(output).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});
