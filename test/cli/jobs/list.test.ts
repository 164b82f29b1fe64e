import { rmSync } from 'node:fs';
import woocommerce from '../../../config/woocommerce';
import { defineStore } from '../../../lib/app';
import { ExitCode } from '../../../lib/cli/exit-code';
import { listJobs } from '../../../lib/cli/jobs/list';
import { assemblyOf } from '../../support/assembly';
import { deployed, PLACE } from '../../support/aws-jobs';
import { stacks } from '../../support/aws-recordings';
import { AwsServer, type Recordings } from '../../support/aws-server';
import { awsAt } from '../../support/preflight';
import { WrittenTerminal } from '../../support/terminal';

const assembly = assemblyOf({ acme: defineStore({ ...woocommerce, packs: [] }) });

afterAll(() => rmSync(assembly, { recursive: true }));

async function list(json: boolean, recordings: Recordings = {}): Promise<{ code: ExitCode; out: string }> {
  const server = await AwsServer.start({ ...deployed(assembly), ...recordings });
  try {
    const terminal = new WrittenTerminal();
    const code = await listJobs({ assembly, json }, terminal, awsAt(server.endpoint));
    return { code, out: terminal.out };
  } finally {
    await server.stop();
  }
}

test('says what can be run, what that does by itself, and where it says so', async () => {
  const { code, out } = await list(false);
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toMatch(/│ migrations +│ shop-migrate +│ its end +│ acme-logs +│/);
  expect(out).toMatch(/│ worker +│ shop-worker +│ it is stopped +│ acme-logs +│/);
  expect(out).toContain('Who ran what, and why: aws logs tail acme-ledger --since 30d --region ');
});

test('what is not deployed says so', async () => {
  const { code, out } = await list(false, { DescribeStacks: stacks() });
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toMatch(/│ worker +│ shop-worker +│ it is stopped +│ not deployed +│/);
  expect(out).not.toContain('Who ran what');
});

test('JSON holds where everything is', async () => {
  const { out } = await list(true);
  const { jobs } = JSON.parse(out) as { jobs: unknown[] };
  expect(jobs).toContainEqual({ name: 'Worker', command: ['shop-worker'], ends: false, place: PLACE });
});
