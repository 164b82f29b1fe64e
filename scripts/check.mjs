#!/usr/bin/env node
// npm run check: what has to hold before a change lands, on a laptop as in CI. Each step runs, also after one that failed.
//
//   npm run check                  all that needs Node alone
//   npm run check -- lint types    these steps
//   npm run check -- --all         the demo and the tests against real servers, too: this is what .ci/run does
//
// The closing line counts each test of a step of tests, and any other step as one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installIfMissing, root } from './install.mjs';

/** Name of each step and its command; with `tests`, jest runs behind the command and is asked what it counted. */
const STEPS = [
  { name: 'demo', command: 'npm run --silent demo', elsewhere: true },
  { name: 'gate', command: 'npm run --silent gate', elsewhere: true },
  { name: 'format', command: 'npx prettier --check .' },
  { name: 'lint', command: 'npx eslint .' },
  { name: 'types', command: 'npx tsc -p .' },
  { name: 'tests', command: 'npm test --silent --', tests: true },
  { name: 'docs', command: 'npm run --silent docs -- --check' },
  { name: 'package', command: 'npm run --silent test:package --', tests: true },
  { name: 'page', command: 'node scripts/test-page.mjs', tests: true, elsewhere: true },
  { name: 'runtime', command: 'npm run --silent test:runtime --', tests: true, elsewhere: true },
];

const reports = mkdtempSync(path.join(tmpdir(), 'check-'));

/** Runs a step, and says how it went. */
function take({ name, command, tests }) {
  const report = path.join(reports, `${name}.json`);
  const line = tests ? `${command} --ci --json "--outputFile=${report}"` : command;
  console.log(`\n▶ ${name}: ${command.replace(/ --$/, '')}`);
  const started = Date.now();
  const { status } = spawnSync(line, { cwd: root, stdio: 'inherit', shell: true });
  const counted = existsSync(report) ? countsOf(report) : { passed: Number(status === 0), failed: 0 };
  // Something may fail that is no test: a file that cannot be loaded, a snapshot nobody asks for.
  const failed = status === 0 ? counted.failed : Math.max(1, counted.failed);
  return { name, seconds: (Date.now() - started) / 1000, passed: counted.passed, failed };
}

function countsOf(report) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests };
}

function stepsFor(words) {
  const unknown = words.filter((word) => word !== '--all' && !STEPS.some(({ name }) => name === word));
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(', ')}: ${STEPS.map(({ name }) => name).join(', ')}.`);
    process.exit(1);
  }
  const named = STEPS.filter(({ name }) => words.includes(name));
  return named.length > 0 ? named : STEPS.filter(({ elsewhere }) => !elsewhere || words.includes('--all'));
}

const steps = stepsFor(process.argv.slice(2));
installIfMissing();
const taken = steps.map(take);
rmSync(reports, { recursive: true });

console.log();
for (const { name, seconds, passed, failed } of taken) {
  const outcome = `${failed === 0 ? '✔' : '✘'} ${name.padEnd(8)} ${`${seconds.toFixed(1)} s`.padStart(8)}`;
  console.log(passed + failed > 1 ? `${outcome}   ${passed} passed, ${failed} failed` : outcome);
}
const total = (count) => taken.reduce((sum, step) => sum + step[count], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
