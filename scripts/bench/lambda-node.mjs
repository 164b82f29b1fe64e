import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { onLambda, root } from '../bundles.mjs';

const directory = path.join(root, 'node_modules/.cache/lambda-node');

/**
 * The Node that functions are bundled for, and how it names its version. npm brings it, once; where it cannot, it is the
 * Node that runs this.
 */
export function lambdaNode() {
  const wanted = onLambda().target.replace('node', '');
  const installed = path.join(directory, 'node_modules/node/bin/node');
  if (versionOf(process.execPath).startsWith(`v${wanted}.`)) {
    return { executable: process.execPath, version: versionOf(process.execPath) };
  }
  if (!versionOf(installed).startsWith(`v${wanted}.`)) {
    const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
    spawnSync('npm', ['install', '--prefix', directory, ...options, `node@${wanted}`], { stdio: 'ignore' });
  }
  const executable = versionOf(installed) === '' ? process.execPath : installed;
  return { executable, version: versionOf(executable) };
}

function versionOf(executable) {
  return spawnSync(executable, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
