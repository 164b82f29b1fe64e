import { readFileSync } from 'node:fs';
import { ForeignProject } from '../support/foreign-project';

const BIN = 'node_modules/.bin/commerce-baseline';

const FLAGS = [
  ['--id', 'acme'],
  ['--name', 'Acme Supplies'],
  ['--account', '111122223333'],
  ['--region', 'ap-southeast-1'],
  ['--offsite-region', 'ap-northeast-1'],
  ['--host', 'shop.acme.example'],
  ['--zone-id', 'Z0123456789ABCDEFGHIJ'],
  ['--image', 'public.ecr.aws/acme/shop@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['--administrator', 'arn:aws:iam::111122223333:role/platform'],
  ['--security-contact', 'security@acme.example'],
].flat();

const project = new ForeignProject();

afterAll(() => project.remove());

const synth = (): ReturnType<ForeignProject['run']> =>
  project.bin('aws-cdk/bin/cdk', 'synth', '--quiet', '--no-notices');

test('a merchant begins with init, and an upgrade changes nothing that must not be lost', () => {
  // As "npx cdk-commerce-baseline init" does: the package is there before the repository is.
  const elsewhere = new ForeignProject().install();
  const { status, output } = elsewhere.run(BIN, 'init', project.directory, '--yes', ...FLAGS);
  elsewhere.remove();
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('config/acme.ts') as string });

  project.installFromRegistry({});
  expect(project.bin('typescript/bin/tsc')).toEqual({ status: 0, output: '' });
  expect(synth()).toMatchObject({ status: 0 });
  expect(project.run(BIN, 'guard')).toMatchObject({ status: 3 });
  expect(project.run(BIN, 'guard', '--update')).toMatchObject({ status: 0 });

  project.upgrade('0.1.1-next');
  expect(project.run('node', '-p', 'require("cdk-commerce-baseline/package.json").version').output).toBe('0.1.1-next');
  expect(synth()).toMatchObject({ status: 0 });
  expect(project.run(BIN, 'guard')).toEqual({ status: 0, output: 'Nothing would be lost.' });
});

test('then a change that would lose the database stops the synthesis, until it is recorded', () => {
  const config = readFileSync(project.file('config/acme.ts'), 'utf8');
  project.write('config/acme.ts', config.replace('  contacts:', '  database: { generation: 2 },\n  contacts:'));
  const stopped = synth();
  expect(stopped.status).not.toBe(0);
  expect(stopped.output).toMatch(/AWS::RDS::DBCluster DatabaseCluster of acme-production-data .* would be removed/);
  expect(stopped.output).toContain('npx commerce-baseline guard --update --reason');
  expect(project.run(BIN, 'guard')).toMatchObject({ status: 1 });

  const decision = ['--reason', 'The first one was never used', '--owner', 'ops@acme.example'];
  expect(project.run(BIN, 'guard', '--update', ...decision)).toMatchObject({ status: 0 });
  expect(synth()).toMatchObject({ status: 0 });
});
