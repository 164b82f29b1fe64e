import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import demo from '../../config/demo';
import medusa from '../../config/medusa';
import { defineStore } from '../../lib/app';
import { COMMANDS } from '../../lib/cli/commands';
import { ExitCode } from '../../lib/cli/exit-code';
import { runCommand } from '../../lib/cli/program';
import { assemblyOf } from '../support/assembly';
import { WrittenTerminal } from '../support/terminal';

const both = assemblyOf({
  acme: defineStore({ ...medusa, packs: [] }),
  demo: defineStore({ ...demo, packs: [] }),
});

afterAll(() => rmSync(both, { recursive: true }));

/** Runs the command line, and returns what came of it. */
async function run(...words: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  const terminal = new WrittenTerminal();
  const code = await runCommand(words, terminal);
  return { code, out: terminal.out, err: terminal.err };
}

/** What the commands are called, in their order. */
function namesOfCommands(): string[] {
  const program = new Command();
  COMMANDS.forEach((command) => command.addTo(program, () => Promise.resolve()));
  return program.commands.map((command) => command.name());
}

test('help names every command, what codes mean, and shows how to begin', async () => {
  const { code, out, err } = await run('--help');
  expect({ code, err }).toEqual({ code: ExitCode.CLEAN, err: '' });
  const named = [...out.matchAll(/^ {2}([a-z]+)(?: \[options\].*)? {2,}\w/gm)].map(([, name]) => name);
  expect(named).toEqual(namesOfCommands());
  expect(out).toContain('  3  the command could not run');
  expect(out).toContain('npx commerce-baseline preflight');
});

test.each(['cost', 'preflight', 'teardown'])(
  'help of %s says what it takes and what it does not do',
  async (command) => {
    const { code, out } = await run(command, '--help');
    expect(code).toBe(ExitCode.CLEAN);
    expect(out).toMatch(/--assembly <directory>.*\(default: "cdk\.out"\)/s);
    expect(out).toContain('--json');
    expect(out).toMatch(/read-only|removes nothing/);
  },
);

test('help of job run teaches by example what is written down, and what Ctrl-C does', async () => {
  const { code, out } = await run('job', 'run', '--help');
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('no shell reads');
  expect(out).toContain('When that fails, nothing starts');
  expect(out).toContain('Ctrl-C');
  expect(out).toContain('job run worker --reason "Owner forgot her password" -- wp shop invite');
});

test('words behind -- are the command, also where they look like options of ours', async () => {
  const words = ['job', 'run', 'nobody', '--store', 'demo-production', '--assembly', both, '--reason', 'A good one'];
  const { code, err } = await run(...words, '--', 'wp', '--help', '--json', '--', '--stop');
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('demo-production has no process nobody.\nName one of');
});

test.each(namesOfCommands().map((name) => [name]))(
  'help of %s teaches: JSON, and what the exit codes are',
  async (command) => {
    const { code, out } = await run(command, '--help');
    expect(code).toBe(ExitCode.CLEAN);
    expect(out).toContain('--json');
    expect(out).toMatch(/Exit codes?: /);
  },
);

test('a word that is nearly one is answered with the one', async () => {
  const { code, out, err } = await run('prefligt');
  expect({ code, out }).toEqual({ code: ExitCode.USAGE, out: '' });
  expect(err).toContain('(Did you mean preflight?)');
});

test.each([
  [['preflight', '--quick'], "unknown option '--quick'"],
  [['teardown'], "required option '--plan' not specified"],
  [['teardown', '--plan', '--format', 'html'], 'Allowed choices are text, markdown.'],
  [['preflight', 'acme-production', 'demo-production'], 'too many arguments'],
  [['cost', '--format', 'html'], 'Allowed choices are table, markdown, json.'],
  [['cost', '--tier', 'gold'], 'Allowed choices are starter, standard, regulated.'],
  [['cost', '--tier', 'starter', '--prices', 'eu-central-1'], "'--tier <tier>' cannot be used with option '--prices"],
  [['cost', 'acme-production', '--tier', 'starter'], "'--tier <tier>' cannot be used with a store"],
  [['job', 'run', 'worker', '--', 'wp', '--info'], "required option '--reason <text>' not specified"],
  [['job', 'run', 'worker', '--reason', 'why', '--', 'wp'], '--reason has to say why'],
  [['job', 'run', 'worker', '--reason', 'A good one', '--', 'wp', '--user_pass=x'], 'word 2 gives a value to'],
  [['job', 'run', 'worker', '--reason', 'A good one', '--timeout', 'long'], 'It is a number of minutes'],
])('%j is refused', async (words, said) => {
  const { code, err } = await run(...words);
  expect(code).toBe(ExitCode.USAGE);
  expect(err).toContain(said);
});

test('without a command it says which there are, and that one is missing', async () => {
  const { code, err } = await run();
  expect(code).toBe(ExitCode.USAGE);
  expect(err).toContain('Commands:');
});

test('without an assembly it says how to make one', async () => {
  const { code, err } = await run('teardown', '--plan', '--assembly', '/nowhere');
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain(`${path.join('/nowhere', 'manifest.json')} does not exist.\nRun "npx cdk synth --quiet" first`);
});

test('with several stores in the assembly it wants to know which', async () => {
  const { code, err } = await run('teardown', '--plan', '--assembly', both);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('holds several stores.\nName one of acme-production, demo-production.');
});

test('a store that is not there is answered with those that are', async () => {
  const { code, err } = await run('teardown', 'other-production', '--plan', '--assembly', both);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('holds no store other-production.\nName one of acme-production, demo-production.');
});

test('a store is found by its name among several', async () => {
  const { code, out } = await run('teardown', 'demo-production', '--plan', '--assembly', both);
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('Remove demo-production, in this order');
  expect(out).not.toContain('acme-production');
});

test('JSON is all that is printed', async () => {
  const { out, err } = await run('teardown', 'demo-production', '--plan', '--json', '--assembly', both);
  expect(JSON.parse(out)).toMatchObject({ store: 'demo-production' });
  expect(err).toBe('');
});
