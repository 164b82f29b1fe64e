import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const root = path.join(__dirname, '../..');
const SMALL_APP = ['--app', 'node --import tsx test/package/small-app.ts'];

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function demo(options: readonly string[], variables: NodeJS.ProcessEnv = {}): Said {
  const env = { ...process.env, ...variables };
  return spawnSync(process.execPath, ['scripts/demo.mjs', ...options], { cwd: root, env, encoding: 'utf8' });
}

test('an app in order: exit code 0, its stacks and packs, and the command to type next', () => {
  const { status, stdout } = demo(['--store', 'orderly', ...SMALL_APP], { CDK_VALIDATION: 'true' });
  expect(stdout).toMatch(/│ Marketing +│ 111122223333 │ eu-central-1 │ \d+ +│/);
  expect(stdout).toMatch(/│ CloudFormation Validate +│ 0 +│/);
  expect(stdout).toContain('npx cdk diff --all -c store=orderly');
  expect(status).toBe(0);
}, 60_000);

test('a finding that nobody acknowledged: exit code 1, the construct, the rule and what to do', () => {
  const { status, stdout } = demo(['--store', 'planted', ...SMALL_APP]);
  expect(stdout).toMatch(/│ AwsSolutions +│ [1-9]/);
  expect(stdout).toMatch(/Marketing\/Pictures\S*\n {2}AwsSolutions-S1: .+\n {2}Remedy: .+/);
  expect(stdout).not.toContain('npx cdk diff');
  expect(status).toBe(1);
}, 60_000);

describe('a store that is not there', () => {
  let said: Said;
  beforeAll(() => {
    said = demo(['--store', 'nowhere']);
  }, 60_000);

  test('exit code 1, and which ones are', () => {
    expect(said.stdout).toMatch(/be one of demo, .+, all\. Add -c store=demo/);
    expect(said.status).toBe(1);
  });

  test('in a log: lines that say what is being done, and no colours', () => {
    expect(said.stdout).toMatch(/^Synthesising the store "nowhere" and running the rule packs$/m);
    expect(said.stdout + said.stderr).not.toContain('\u001b');
  });
});
