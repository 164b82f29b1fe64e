import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Key } from 'aws-cdk-lib/aws-kms';
import { TIERS } from '../../../lib/app';
import type { CostReport } from '../../../lib/cli/cost/cost-report';
import { ExitCode } from '../../../lib/cli/exit-code';
import { runCommand } from '../../../lib/cli/program';
import { WrittenTerminal } from '../../support/terminal';

/** The assembly of an app that never heard of us. */
function foreignAssembly(): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'Foreign', { env: { account: '111122223333', region: 'ap-southeast-1' } });
  new Key(stack, 'Key');
  new CfnInstance(stack, 'Host');
  new CfnReplicationGroup(stack, 'Cache', {
    replicationGroupDescription: 'Sessions | carts',
    cacheNodeType: new CfnParameter(stack, 'Class').valueAsString,
  });
  app.synth();
  return outdir;
}

const assembly = foreignAssembly();

afterAll(() => rmSync(assembly, { recursive: true }));

async function run(...words: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  const terminal = new WrittenTerminal();
  const code = await runCommand(['cost', ...words], terminal);
  return { code, out: terminal.out, err: terminal.err };
}

test('the table has every stack, what is in no sum, and what has no price', async () => {
  const { code, out, err } = await run('--assembly', assembly);
  expect({ code, err }).toEqual({ code: ExitCode.CLEAN, err: '' });
  expect(out).toMatch(/│ Foreign │ ap-southeast-1 │ 1\.00 │ 1\.00/);
  expect(out).toMatch(/│ Foreign │ cache +│ not known/);
  expect(out).toMatch(/│ AWS::EC2::Instance │ 1 +│/);
  expect(out).toMatch(/List prices of 2026-\d\d-\d\d in ap-southeast-1, without free allowances/);
});

test('Markdown has a title, and its tables are tables', async () => {
  const { out } = await run('--assembly', assembly, '--format', 'markdown');
  expect(out).toMatch(/^# What the app costs\n/);
  expect(out).toContain('| Foreign | ap-southeast-1 | 1.00 | 1.00 | 1.00 |');
});

test.each([[['--json']], [['--format', 'json']]])('%j is all that is printed, and complete', async (format) => {
  const { out } = await run('--assembly', assembly, ...format);
  expect(JSON.parse(out)).toMatchObject({ sum: { idle: 1 }, unpriced: [{ type: 'AWS::EC2::Instance', count: 1 }] });
});

test('prices of another Region', async () => {
  const { out } = await run('--assembly', assembly, '--prices', 'us-east-1', '--json');
  expect((JSON.parse(out) as CostReport).lines).toMatchObject([{ pricedAt: 'us-east-1', each: 1 }]);
});

test.each(TIERS)('a tier is answered without an assembly: %s', async (tier) => {
  const { code, out } = await run('--tier', tier);
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toMatch(/│ acme-production-foundation +│ eu-central-1 +│ \d+\.\d\d/);
  expect(out).toMatch(/List prices of \S+ in us-east-1, without/);
});

test('without an assembly it says how to make one', async () => {
  const { code, err } = await run('--assembly', '/nowhere');
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('Run "npx cdk synth --quiet" first');
});
