#!/usr/bin/env node
// npm run test:runtime: tests against real servers and tools that Node alone cannot bring. Arguments go to jest.
//
// On Debian and as root it installs the packages that are missing, and upgrades none; otherwise it says which are
// missing, and ends. The tools in Python go into node_modules/.cache. The tests start and stop the servers themselves.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installIfMissing, root, run } from './install.mjs';

/** Exit code when something is missing that this script may not install. */
const MISSING = 3;

/** Debian's packages, by a command of theirs that the tests start. */
const PACKAGES = {
  nginx: 'nginx-light',
  openssl: 'openssl',
  'redis-server': 'redis-server',
  mariadbd: 'mariadb-server',
  pg_dump: 'postgresql',
  unshare: 'util-linux',
  python3: 'python3',
};

/** What is installed with pip: an AWS API on loopback, and AWS's linter of templates. */
const PYTHON_TOOLS = ['moto[server]==5.2.1', 'cfn-lint==1.58.0'];

const tools = path.join(root, 'node_modules/.cache/runtime-tools');

function succeeds(command, ...args) {
  return spawnSync(command, args).status === 0;
}

/** Packages whose command is not there. Servers stand in sbin, which is not on everybody's path. */
function missingPackages() {
  const missing = Object.entries(PACKAGES)
    .filter(([command]) => !succeeds('sh', '-c', `command -v ${command}`))
    .map(([, name]) => name);
  // Debian's python3 has no environments of its own without it.
  return succeeds('python3', '-c', 'import ensurepip, venv') ? missing : [...missing, 'python3-venv'];
}

function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} …`);
  const apt = ['-y', '-qq', '-o', 'Dpkg::Use-Pty=0'];
  const noninteractive = { DEBIAN_FRONTEND: 'noninteractive' };
  withoutStartingServices(() => {
    run('apt-get', ['update', ...apt], noninteractive);
    run('apt-get', ['install', '--no-install-recommends', '--no-upgrade', ...apt, ...packages], noninteractive);
  });
}

/** Debian starts a server when its package is installed, unless this file forbids it. */
function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) {
    work();
    return;
  }
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const remove = () => rmSync(policy, { force: true });
  // run() ends the process when a command fails.
  process.once('exit', remove);
  work();
  remove();
}

function installPythonTools() {
  const installed = path.join(tools, 'installed.txt');
  const wanted = PYTHON_TOOLS.join('\n');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) {
    return;
  }
  console.log(`Installing ${PYTHON_TOOLS.join(', ')} …`);
  rmSync(tools, { recursive: true, force: true });
  mkdirSync(path.dirname(tools), { recursive: true });
  run('python3', ['-m', 'venv', tools]);
  run(path.join(tools, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...PYTHON_TOOLS]);
  writeFileSync(installed, wanted);
}

process.env.PATH = [path.join(tools, 'bin'), process.env.PATH, '/usr/sbin', '/sbin'].join(path.delimiter);
installIfMissing();
const missing = missingPackages();
if (missing.length > 0) {
  if (process.getuid?.() !== 0 || !succeeds('apt-get', '--version')) {
    console.error(`Missing here: ${missing.join(', ')}. On Debian or Ubuntu this installs them:

  sudo apt-get install ${missing.join(' ')}
`);
    process.exit(MISSING);
  }
  installPackages(missing);
}
installPythonTools();
run('node', ['scripts/build.mjs', 'handlers']);
run('node', ['node_modules/jest/bin/jest.js', '--config', 'jest.runtime.config.js', ...process.argv.slice(2)]);
