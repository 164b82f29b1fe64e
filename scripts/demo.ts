import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import ora from 'ora';
import { reviewAssembly, type AssemblyReview } from '../lib/compliance/assembly-review';
import { renderFindings, renderReview } from '../lib/app/review-text';

const root = path.join(__dirname, '..');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { store: { type: 'string', default: 'demo' } } });
  const output = path.join('cdk.out', values.store);
  const review = await synthesise(values.store, output);
  print(renderReview(review));
  if (review.findings.length + review.stale.length > 0) {
    print(renderFindings(review));
    process.exitCode = 1;
    return;
  }
  print(`The templates lie in ${output}. Next, what a deployment into an empty account would create:

  npx cdk diff --all -c store=${values.store}      (needs credentials; README.md has every step)
`);
}

/** Synthesises `store`, and shows for how long it has been at work. */
async function synthesise(store: string, output: string): Promise<AssemblyReview> {
  rmSync(path.join(root, output), { recursive: true, force: true });
  const started = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
  const work = `Synthesising the store "${store}" and running the rule packs`;
  const progress = ora({ text: work, discardStdin: false }).start();
  const ticking = setInterval(() => (progress.text = `${work}: ${seconds()}`), 1000);
  const said = await cdk('synth', '--quiet', '--no-notices', '-c', `store=${store}`, '--output', output);
  clearInterval(ticking);
  try {
    const review = reviewAssembly(path.join(root, output));
    progress.succeed(`${work}: ${seconds()}`);
    return review;
  } catch {
    // Nothing was synthesised: what CDK said is the whole story.
    progress.fail();
    print(said.trim());
    process.exit(1);
  }
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
