import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import { parse } from 'yaml';
import { COMMANDS } from '../../lib/cli/commands';

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const text = readFileSync(path.join(__dirname, '../../examples/ci/github-actions.yml'), 'utf8');
const { permissions, jobs } = parse(text) as Workflow;
const steps = Object.values(jobs).flatMap((job) => job.steps);

/** The words behind each `commerce-baseline` of the workflow. */
const lines = steps
  .flatMap(({ run = '' }) => [...run.matchAll(/npx commerce-baseline ([^|>&\n]*)/g)])
  .map(([, words = '']) => words.trim().split(' '));

/** What the command line makes of `words`, without doing it. */
async function parsed(words: readonly string[]): Promise<string> {
  let ran = 'nothing';
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  COMMANDS.forEach((command) =>
    command.addTo(program, () => {
      ran = words[0] ?? '';
      return Promise.resolve();
    }),
  );
  await program.parseAsync([...words], { from: 'user' });
  return ran;
}

test('the workflow checks as SARIF, as a summary and as the gate', () => {
  expect(lines.filter(([command]) => command === 'check')).toHaveLength(3);
});

test.each(lines.map((words) => [words]))('the command line understands %j', async (words) => {
  expect(await parsed(words)).toBe(words[0]);
});

test('it would not understand another option', async () => {
  await expect(parsed(['check', '--quick'])).rejects.toThrow("unknown option '--quick'");
});

test('each action is pinned by a commit, and says which release that was', () => {
  const used = text.match(/uses: .*/g) ?? [];
  expect(used.length).toBeGreaterThan(8);
  expect(used.filter((line) => !/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test('a job may do what it says and no more; none holds a long-lived key', () => {
  expect(permissions).toEqual({});
  expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
    check: { contents: 'read', 'security-events': 'write', 'id-token': 'write', attestations: 'write' },
    diff: { contents: 'read', 'id-token': 'write' },
    deploy: { contents: 'read', 'id-token': 'write' },
  });
  expect(text).not.toMatch(/secrets\.|access-key|AKIA/i);
  expect(Object.values(jobs).every((job) => job['timeout-minutes'] !== undefined)).toBe(true);
});

test('somebody approves a deployment before it gets a role', () => {
  expect(jobs.deploy.environment).toBe('production');
  expect(jobs.check.steps.some(({ uses = '' }) => uses.startsWith('aws-actions/'))).toBe(false);
});
