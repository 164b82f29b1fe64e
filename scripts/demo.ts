import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import ora from 'ora';
import { reviewOf } from '../lib/cli/assembly-review';
import { check } from '../lib/cli/check/check';
import { renderText } from '../lib/cli/check/check-page';
import type { CheckReport } from '../lib/cli/check/check-report';
import { practiceOf } from '../lib/cli/check/own-packs';
import { SourceLines } from '../lib/cli/check/source-lines';
import { readAssembly, type CloudAssembly } from '../lib/cli/cloud-assembly';
import { runEvidence } from '../lib/cli/evidence/run';
import { terminalOf } from '../lib/cli/terminal';

const root = path.join(__dirname, '..');

/** How often a log hears that the work goes on, in seconds. */
const LOG_EVERY = 5;

/** CDK's own validation of templates runs unless its variable says no; a report in which it found nothing leaves it out. */
const VALIDATORS = process.env.CDK_VALIDATION === 'false' ? [] : ['CloudFormation Validate'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', default: 'demo' },
      // Another app than this repository's, as the CDK CLI takes it.
      app: { type: 'string' },
    },
  });
  const output = path.join('cdk.out', values.store);
  const report = reportOn(await synthesise(values.store, output, values.app));
  // What is explained is counted here; docs/ACKNOWLEDGED.md and `commerce-baseline check` have the explanations.
  print(renderText({ ...report, acknowledged: [] }));
  if (report.verdict.length > 0) {
    process.exitCode = 1;
    return;
  }
  print(`The templates lie in ${output}, and what an auditor would read of them in

  ${await writeEvidence(output)}

Next, what a deployment into an empty account would create:

  npx cdk diff --all -c store=${values.store}      (needs credentials; README.md has every step)
`);
}

/** Synthesises `store`, and shows for how long it has been at work. */
async function synthesise(store: string, output: string, app?: string): Promise<CloudAssembly> {
  rmSync(path.join(root, output), { recursive: true, force: true });
  const done = showWork(`Synthesising the store "${store}" and running the rule packs`);
  const options = ['--quiet', '--no-notices', '-c', `store=${store}`, '--output', output];
  const said = await cdk('synth', ...options, ...(app === undefined ? [] : ['--app', app]));
  try {
    const assembly = readAssembly(path.join(root, output));
    done('succeed');
    return assembly;
  } catch {
    // Nothing was synthesised: what CDK said is the whole story.
    done('fail');
    print(said.trim());
    process.exit(1);
  }
}

/** Writes the evidence about the assembly in `output`, and returns where its page lies. */
async function writeEvidence(output: string): Promise<string> {
  const directory = `${output}-evidence`;
  // What it prints repeats the report above; what goes wrong it tells.
  const terminal = { ...terminalOf(process, new Date()), print: () => undefined };
  await runEvidence({ assembly: path.join(root, output), out: path.join(root, directory) }, terminal);
  return path.join(root, directory, 'index.html');
}

/** What `commerce-baseline check` says of `assembly`. */
function reportOn(assembly: CloudAssembly): CheckReport {
  const review = reviewOf(assembly);
  const sources = new SourceLines(
    root,
    assembly.stacks.flatMap(({ entries }) => entries),
  );
  const packs = [...new Set([...review.packs, ...VALIDATORS])];
  return check({ ...review, packs }, { now: new Date(), sources, practiceOf });
}

/** Says what is being done and for how long: to a person by a line that moves, to a log by one now and then. */
function showWork(work: string): (outcome: 'succeed' | 'fail') => void {
  const started = Date.now();
  const line = (): string => `${work}: ${Math.round((Date.now() - started) / 1000)} s`;
  if (!process.stderr.isTTY) {
    print(work);
    const talking = setInterval(() => print(line()), LOG_EVERY * 1000);
    return (outcome) => {
      clearInterval(talking);
      print(`${line()}${outcome === 'fail' ? ', and failed' : ''}`);
    };
  }
  const spinner = ora({ text: work, discardStdin: false }).start();
  const ticking = setInterval(() => (spinner.text = line()), 1000);
  return (outcome) => {
    clearInterval(ticking);
    spinner[outcome](line());
  };
}

/** Runs the CDK CLI of this repository, without credentials, and returns everything it printed. */
function cdk(...args: string[]): Promise<string> {
  const cli = path.join(root, 'node_modules/aws-cdk/bin/cdk');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', AWS_EC2_METADATA_DISABLED: 'true' };
  const running = spawn(process.execPath, [cli, ...args], { cwd: root, env });
  const chunks: Buffer[] = [];
  running.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  running.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
