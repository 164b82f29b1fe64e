#!/usr/bin/env node
// npm run test:runtime: tests against real servers and tools that Node alone cannot bring. Arguments go to jest.
//
// On Debian and as root it installs the packages that are missing, and upgrades none; otherwise it says which are
// missing, and ends. The tools in Python go into node_modules/.cache. The tests start and stop the servers themselves.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  php: 'php-cli',
  apache2: 'apache2',
};

/** Debian's packages that bring no command, by a file of theirs: PHP in the web server, and what WordPress needs of PHP. */
const LIBRARIES = {
  'libapache2-mod-php': () => hasFile('/usr/lib/apache2/modules', /^libphp.*\.so$/),
  'php-curl': () => hasPhpModule('curl'),
  'php-mbstring': () => hasPhpModule('mbstring'),
  'php-mysql': () => hasPhpModule('mysqli'),
  'php-redis': () => hasPhpModule('redis'),
  'php-xml': () => hasPhpModule('xml'),
};

/** What is installed with pip: an AWS API on loopback, AWS's linter of templates, and a reader of OSCAL. */
const PYTHON_TOOLS = ['moto[server]==5.2.1', 'cfn-lint==1.58.0', 'compliance-trestle==5.2.0'];

const tools = path.join(root, 'node_modules/.cache/runtime-tools');

/** Debian's WordPress, unpacked and not installed: its package would bring a web server's settings and a database. */
const wordpress = path.join(root, 'node_modules/.cache/wordpress');

function succeeds(command, ...args) {
  return spawnSync(command, args).status === 0;
}

function hasFile(directory, pattern) {
  return existsSync(directory) && readdirSync(directory).some((name) => pattern.test(name));
}

function hasPhpModule(name) {
  return succeeds('php', '-r', `exit(extension_loaded('${name}') ? 0 : 1);`);
}

/** Packages whose command is not there. Servers stand in sbin, which is not on everybody's path. */
function missingPackages() {
  const missing = Object.entries(PACKAGES)
    .filter(([command]) => !succeeds('sh', '-c', `command -v ${command}`))
    .map(([, name]) => name);
  const libraries = Object.keys(LIBRARIES).filter((name) => !LIBRARIES[name]());
  // Debian's python3 has no environments of its own without it.
  const environments = succeeds('python3', '-c', 'import ensurepip, venv') ? [] : ['python3-venv'];
  return [...missing, ...libraries, ...environments];
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

function unpackWordPress() {
  if (existsSync(path.join(wordpress, 'usr/share/wordpress/wp-settings.php'))) {
    return;
  }
  if (!succeeds('apt-get', '--version')) {
    console.error(`Missing here: WordPress. Unpack Debian's package "wordpress" into ${wordpress}.`);
    process.exit(MISSING);
  }
  console.log('Unpacking wordpress …');
  rmSync(wordpress, { recursive: true, force: true });
  mkdirSync(wordpress, { recursive: true });
  run('sh', ['-c', `cd '${wordpress}' && apt-get -qq download wordpress && dpkg-deb -x wordpress_*.deb . && rm *.deb`]);
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
unpackWordPress();
run('node', ['scripts/build.mjs', 'handlers']);
run('node', ['node_modules/jest/bin/jest.js', '--config', 'jest.runtime.config.js', ...process.argv.slice(2)]);
