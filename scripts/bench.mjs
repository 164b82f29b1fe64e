#!/usr/bin/env node
// npm run bench: measures what the budgets are about, and prints it beside them. It judges nothing: the exit code is 0
// unless a command fails.
//
//   npm run bench                    each five times, in turn; the median counts
//   npm run bench -- --runs 3
import { installIfMissing, run } from './install.mjs';

installIfMissing();
run('npm', ['run', '--silent', 'build']);
run('node', ['scripts/bench/main.mjs', ...process.argv.slice(2)]);
