import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { root } from '../bundles.mjs';
import { checkAssembly, evidenceOfAssembly } from './assembly.mjs';
import { median } from './figures.mjs';
import { measureHandlers } from './handlers.mjs';
import { lambdaNode } from './lambda-node.mjs';
import { compileApps, synth, synthInTurn } from './synth.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);

const ratio = (value) => `${value.toFixed(2)} ×`;
const milliseconds = (value) => `${value.toFixed(0)} ms`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/** What was measured, what it may be at most, and whether it is. */
function budget(what, measured, most, format) {
  return [what, format(measured), `≤ ${format(most)}`, measured <= most ? '✔' : '✘'];
}

async function synthesis() {
  await compileApps('one-bucket', 'regulated-store', 'foreign-pack', 'own-packs', 'ten-stores');
  const [bucket, store] = synthInTurn(['one-bucket', 'regulated-store'], runs);
  // Two long ones, whose ratio varies little.
  const [foreign, own] = synthInTurn(['foreign-pack', 'own-packs'], Math.min(runs, 3));
  const ten = synth('ten-stores');
  print(
    'cdk synth through the CLI; the apps were compiled beforehand',
    ['app', 'wall time', 'peak memory'],
    Object.entries({
      'one bucket': bucket,
      'regulated store, all rule packs': store,
      'ten of them, once': ten,
      'regulated store, AwsSolutions alone': foreign,
      'regulated store, AwsSolutions and ours': own,
    }).map(([app, { seconds, memory }]) => [app, `${seconds.toFixed(2)} s`, megabytes(memory)]),
  );
  return [
    budget('cdk synth of the regulated store ÷ of one bucket', store.seconds / bucket.seconds, 2, ratio),
    budget('ten stores ÷ one, time', (ten.seconds - bucket.seconds) / (store.seconds - bucket.seconds), 10, ratio),
    budget('AwsSolutions and our two packs ÷ AwsSolutions alone', own.seconds / foreign.seconds, 1.25, ratio),
    budget('ten stores ÷ one, memory', ten.memory / store.memory, 4, ratio),
  ];
}

async function functions() {
  const { executable, version } = lambdaNode();
  const measured = await measureHandlers(runs, executable);
  print(
    `Functions, imported by Node ${version.slice(1)}; the import beside that of one with the same SDK clients that does nothing`,
    ['function', 'bundle', 'import', 'empty one'],
    measured.map(({ name, bytes, ours, theirs }) => [
      name,
      megabytes(bytes),
      milliseconds(ours),
      theirs === undefined ? 'no SDK client' : milliseconds(theirs),
    ]),
  );
  const slowest = Math.max(...measured.map(({ ours, theirs = Infinity }) => ours / theirs));
  return [
    budget('largest bundle', Math.max(...measured.map(({ bytes }) => bytes)), 1e6, megabytes),
    budget('slowest import ÷ of the empty one', slowest, 2, ratio),
  ];
}

/** A command that reads an assembly: what it takes for a small, a middling and a large one. */
function reading(name, command, measure) {
  const sizes = [300, 1000, 3000];
  const measured = sizes.map((size) => Array.from({ length: runs }, () => measure(size)));
  const [small, , large] = measured.map((each) => ({
    seconds: median(each.map(({ seconds }) => seconds)),
    memory: median(each.map(({ memory }) => memory)),
  }));
  print(
    `commerce-baseline ${command}, of assemblies with a hundred resources a stack`,
    ['resources', 'wall time', 'peak memory'],
    measured.map((each, index) => [
      sizes[index],
      `${median(each.map(({ seconds }) => seconds)).toFixed(2)} s`,
      megabytes(median(each.map(({ memory }) => memory))),
    ]),
  );
  return [
    budget(`${name} of 3,000 resources`, large.seconds * 1000, 10_000, milliseconds),
    budget(`${name} of 3,000 resources, memory`, large.memory, 2 ** 30, megabytes),
    budget(`${name}: 3,000 resources ÷ 300, time`, large.seconds / small.seconds, 10, ratio),
  ];
}

function packedSize() {
  const packed = output('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  return [budget('npm package, unpacked', JSON.parse(packed)[0].unpackedSize, 6e6, megabytes)];
}

/** There is no budget: it is to be seen when it grows. */
function loading() {
  const time = (...modules) => {
    const required = modules.map((each) => `require(${JSON.stringify(each)});`).join('');
    const script = `const started = performance.now(); ${required} console.log(performance.now() - started);`;
    return median(Array.from({ length: runs }, () => Number(output(process.execPath, ['-e', script]))));
  };
  const [alone, ours] = [time('aws-cdk-lib'), time('aws-cdk-lib', path.join(root, 'dist'))];
  return [['loading the package, after aws-cdk-lib', milliseconds(ours - alone), '', '']];
}

function output(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${stderr.slice(0, 2000)}`);
  }
  return stdout;
}

function print(title, head, rows) {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  console.log(`\n${title}\n${table.toString()}`);
}

console.log(`Each ${runs} times, in turn; the median counts.`);
const rows = [
  ...(await synthesis()),
  ...(await functions()),
  ...reading('check', 'check --packs', checkAssembly),
  ...reading('evidence', 'evidence', evidenceOfAssembly),
  ...packedSize(),
  ...loading(),
];
print('Budgets', ['what', 'measured', 'budget', ''], rows);
