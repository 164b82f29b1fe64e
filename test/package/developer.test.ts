import { readdirSync, readFileSync } from 'node:fs';
import { CDK, ForeignProject } from '../support/foreign-project';

/** Someone who writes CDK takes single constructs into stacks of their own, in an app without context and flags. */
const project = new ForeignProject()
  .install()
  .link(...CDK, 'typescript', '@types/node')
  .copy('developer');

afterAll(() => project.remove());

/** Logical ids of the resources of a type in a synthesised stack. */
function resources(stack: string, type: string): string[] {
  const template = readFileSync(project.file('cdk.out', `${stack}.template.json`), 'utf8');
  const { Resources } = JSON.parse(template) as { Resources: Record<string, { Type: string }> };
  return Object.keys(Resources).filter((id) => Resources[id]?.Type === type);
}

test('one construct from JavaScript', () => {
  expect(project.run('node', 'media.cjs')).toEqual({ status: 0, output: '' });
  expect(resources('Media', 'AWS::S3::Bucket')).toContain('PicturesBucket');
});

test('from TypeScript, strict, with every declaration checked; and what Lambda runs comes with the package', () => {
  expect(project.bin('typescript/bin/tsc')).toEqual({ status: 0, output: '' });
  expect(project.run('node', 'orders.js')).toEqual({ status: 0, output: '' });
  expect(resources('Orders', 'AWS::RDS::DBCluster')).toHaveLength(1);
  const archives = readdirSync(project.file('cdk.out')).filter((name) => /^asset\..*\.zip$/.test(name));
  expect(archives).not.toEqual([]);
});

test('from TypeScript, resolved as a bundler does', () => {
  const outcome = project.bin('typescript/bin/tsc', '--project', 'tsconfig.bundler.json');
  expect(outcome).toEqual({ status: 0, output: '' });
});
