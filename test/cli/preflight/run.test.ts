import { rmSync } from 'node:fs';
import medusa from '../../../config/medusa';
import { defineStore } from '../../../lib/app';
import { ExitCode } from '../../../lib/cli/exit-code';
import { runPreflight, type PreflightWords } from '../../../lib/cli/preflight/run';
import { assemblyOf } from '../../support/assembly';
import { absent, denial, json, PREPARED } from '../../support/aws-recordings';
import { AwsServer, type Recordings } from '../../support/aws-server';
import { awsAt, DELEGATED } from '../../support/preflight';
import { WrittenTerminal } from '../../support/terminal';

const assembly = assemblyOf({ acme: defineStore({ ...medusa, packs: [] }) });

afterAll(() => rmSync(assembly, { recursive: true }));

/** Runs the command in a prepared account but for `recordings`. */
async function run(
  words: Partial<PreflightWords> = {},
  recordings: Recordings = {},
): Promise<{ code: ExitCode; out: string }> {
  const server = await AwsServer.start({ ...PREPARED, ...recordings });
  try {
    const terminal = new WrittenTerminal();
    const asked = { aws: awsAt(server.endpoint), names: DELEGATED };
    const code = await runPreflight({ assembly, ...words }, terminal, asked);
    return { code, out: terminal.out };
  } finally {
    await server.stop();
  }
}

test('where nothing fails, it says so in one line', async () => {
  const { code, out } = await run();
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toMatch(/^\d+ questions: 0 failure, 0 unknown, 0 warning, \d+ ok\.\n$/);
});

test('what fails stands in the table, and the command below it, whole', async () => {
  const { code, out } = await run({}, { GetParameter: absent('ParameterNotFound', 400) });
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toMatch(/│ 1 +│ failure +│ bootstrap +│ \/cdk-bootstrap\/hnb659fds\/version +│ us-east-1 +│/);
  expect(out).toContain(`\n  1  npx cdk bootstrap --app ${assembly} aws://111122223333/us-east-1\n`);
});

test('a warning is shown, and stops no pipeline', async () => {
  const { code, out } = await run({}, { DescribeTrails: json({ trailList: [] }) });
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('1 warning');
});

test('what nobody could see stops one', async () => {
  const { code } = await run({}, { DescribeTrails: denial });
  expect(code).toBe(ExitCode.FINDINGS);
});

test('with --all, what is fine is listed too', async () => {
  const { out } = await run({ all: true });
  expect(out).toMatch(/│ ok +│ region +│ us-east-1 +│ global +│ Always on\. +│/);
});

test('with --check, it asks that alone', async () => {
  const { out } = await run({ check: ['bootstrap'], all: true });
  expect(out).toContain('4 questions: 0 failure');
  await expect(run({ check: ['weather'] })).rejects.toThrow(
    'Nothing about this store is checked under the name weather.\nName one of region, bootstrap, stack',
  );
});

test('JSON holds every answer', async () => {
  const { out } = await run({ json: true });
  const report = JSON.parse(out) as { principal: string; results: unknown[] };
  expect(report.principal).toBe('arn:aws:sts::111122223333:assumed-role/platform/me');
  expect(report.results[0]).toEqual({
    check: 'identity',
    subject: report.principal,
    place: 'global',
    verdict: 'ok',
    seen: 'Of the account 111122223333.',
  });
});
