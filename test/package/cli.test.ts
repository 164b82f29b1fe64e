import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { ForeignProject } from '../support/foreign-project';

const project = new ForeignProject().install();
const BIN = 'node_modules/.bin/commerce-baseline';

afterAll(() => project.remove());

test('the command answers in a project that has installed nothing else', () => {
  const { status, output } = project.run(BIN, '--help');
  expect(status).toBe(0);
  expect(output).toMatch(/^ {2}preflight .*^ {2}teardown /ms);
});

test('it says what is missing, and with which code', () => {
  const { status, output } = project.run(BIN, 'teardown', '--plan');
  expect({ status, output: output.trim() }).toEqual({
    status: 3,
    output: expect.stringContaining('cdk.out/manifest.json does not exist.') as string,
  });
});

test('what preflight needs lies inside: it gets as far as the assembly', () => {
  const { status, output } = project.run(BIN, 'preflight');
  expect(status).toBe(3);
  expect(output).toContain('cdk.out/manifest.json does not exist.');
});

test('it takes 2 MB at most', () => {
  const parts = project.packed.files.filter(({ path: file }) => file.startsWith('dist/cli/'));
  expect(parts.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2_000_000);
});

test('help reads the parser alone, no client of AWS', () => {
  const directory = path.join(project.directory, 'node_modules/cdk-commerce-baseline/dist/cli');
  expect(readdirSync(directory)).toContain('commerce-baseline.mjs');
  const { size } = project.packed.files.find(({ path: file }) => file === 'dist/cli/commerce-baseline.mjs')!;
  expect(size).toBeLessThan(100_000);
});
