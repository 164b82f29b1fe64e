import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'esbuild';
import { app, root } from '../bundles.mjs';
import { median } from './figures.mjs';

/** As deep as dist/bin, so that an app finds what it deploys (`../../assets`), and not in the package. */
const directory = path.join(root, 'cdk.out/bench');

/** Compiles the apps as the app of this checkout is, and leaves them a cdk.json with our flags that builds nothing. */
export async function compileApps(...names) {
  for (const name of names) {
    await build({
      ...app(),
      entryPoints: [path.join(root, 'scripts/bench', `${name}.ts`)],
      outfile: path.join(directory, `${name}.js`),
    });
  }
  const { context } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8'));
  writeFileSync(path.join(directory, 'cdk.json'), JSON.stringify({ context }));
}

/** Synthesises the apps in turn, `runs` times each after a first time that does not count: the median of each. */
export function synthInTurn(names, runs) {
  names.forEach(synth);
  const measured = Array.from({ length: runs }, () => names.map(synth));
  return names.map((_, index) => ({
    seconds: median(measured.map((turn) => turn[index].seconds)),
    memory: median(measured.map((turn) => turn[index].memory)),
  }));
}

/** `cdk synth` of an app through the CLI: the time on the clock, and the peaks of all its processes together, in bytes. */
export function synth(name) {
  const temporary = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const peaks = path.join(temporary, 'peaks');
  const cli = path.join(root, 'node_modules/aws-cdk/bin/cdk');
  const output = path.join(temporary, 'cdk.out');
  const args = ['synth', '--quiet', '--no-notices', '--app', `node ${name}.js`, '--output', output];
  const env = {
    ...process.env,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    NODE_OPTIONS: `--require ${JSON.stringify(path.join(root, 'scripts/bench/peak-memory.cjs'))}`,
    PEAK_MEMORY_FILE: peaks,
  };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: directory, env, maxBuffer: 2 ** 28 });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) {
    throw new Error(`cdk synth of ${name} failed:\n${stderr.toString().slice(0, 2000)}`);
  }
  const kilobytes = readFileSync(peaks, 'utf8').trim().split('\n').map(Number);
  rmSync(temporary, { recursive: true, force: true });
  return { seconds, memory: kilobytes.reduce((sum, peak) => sum + peak, 0) * 1024 };
}
