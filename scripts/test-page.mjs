#!/usr/bin/env node
// npm run test:page: opens the evidence page in a browser. Arguments go to jest.
//
// On Debian and as root it installs the package "chromium" if it is missing; otherwise it says so, and ends. Screenshots
// go to node_modules/.cache/page, for a person to look at.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installIfMissing, run } from './install.mjs';

/** Exit code when something is missing that this script may not install. */
const MISSING = 3;

const CHROMIUM = '/usr/bin/chromium';

installIfMissing();
if (!existsSync(CHROMIUM)) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    console.error(`Missing here: ${CHROMIUM}. On Debian this installs it:

  sudo apt-get install chromium
`);
    process.exit(MISSING);
  }
  console.log('Installing chromium …');
  const quietly = ['-y', '-qq', '-o', 'Dpkg::Use-Pty=0'];
  const noninteractive = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', ...quietly], noninteractive);
  run('apt-get', ['install', '--no-install-recommends', '--no-upgrade', ...quietly, 'chromium'], noninteractive);
}
run('node', ['scripts/build.mjs', 'handlers']);
run('node', ['node_modules/jest/bin/jest.js', '--config', 'jest.page.config.js', ...process.argv.slice(2)]);
