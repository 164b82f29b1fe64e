// Installs what the lock file names, if it is not there already. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs `npm ci` unless every package of the lock file stands in node_modules in its version. */
export function installIfMissing() {
  if (!isInstalled()) {
    console.log('Installing what package-lock.json names …');
    // NODE_ENV=production would leave out the tools, and succeed.
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
  }
}

/** Runs a command of this repository; ends the process with its exit code if it fails. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error !== undefined) {
    console.error(`${command} cannot be started: ${error.message}`);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([name, { version, optional }]) => name === '' || optional || installed[name]?.version === version,
  );
}

function packagesIn(file) {
  const location = path.join(root, file);
  return existsSync(location) ? JSON.parse(readFileSync(location, 'utf8')).packages : {};
}
