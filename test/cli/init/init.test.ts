import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import * as ts from 'typescript';
import * as library from '../../../lib';
import * as door from '../../../lib/app';
import { ExitCode } from '../../../lib/cli/exit-code';
import { APPLICATIONS, type Answers, type AnswerName } from '../../../lib/cli/init/answers';
import { completed } from '../../../lib/cli/init/ask';
import { filesFor } from '../../../lib/cli/init/files';
import { storeFile } from '../../../lib/cli/init/store-file';
import { devDependencies, version } from '../../../package.json';
import { workflowText } from '../../../scripts/docs/workflow-text';
import { commandLine, type Ended } from '../../support/check';
import { DIGEST } from '../../support/stores';

const GIVEN = {
  id: 'acme',
  name: 'Acme Supplies',
  account: '111122223333',
  region: 'ap-southeast-1',
  offsiteRegion: 'ap-northeast-1',
  host: 'shop.acme.example',
  zoneId: 'Z0123456789ABCDEFGHIJ',
  image: `public.ecr.aws/acme/shop@${DIGEST}`,
  administrator: 'arn:aws:iam::111122223333:role/platform',
  securityContact: 'security@acme.example',
};

const ANSWERS: Answers = {
  ...GIVEN,
  environment: 'production',
  tier: 'standard',
  application: 'medusa',
  zoneName: 'acme.example',
};

const parent = mkdtempSync(path.join(tmpdir(), 'init-'));
afterAll(() => rmSync(parent, { recursive: true }));

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(parent, 'shop-'));
});

const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function init(given: Partial<Answers>, ...words: string[]): Promise<Ended> {
  const options = Object.entries(given).flatMap(([name, value]) => [flag(name), value]);
  return commandLine('init', directory, '--yes', ...options, ...words);
}

function written(): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** The store that a configuration exports, as a merchant's app gets it. */
function storeIn(text: string): unknown {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  const modules: Readonly<Record<string, object>> = {
    'cdk-commerce-baseline': library,
    'cdk-commerce-baseline/app': door,
  };
  const exported: { default?: unknown } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('require', 'exports', outputText) as (load: (name: string) => object, into: object) => void;
  run((name) => modules[name], exported);
  return exported.default;
}

test('writes a repository of eight files, from flags alone', async () => {
  const { code, err } = await init(GIVEN);
  expect({ code, err }).toEqual({ code: ExitCode.CLEAN, err: expect.stringContaining('npm install') as string });
  expect(written()).toEqual([
    '.github/workflows/shop.yml',
    '.gitignore',
    'README.md',
    'bin/app.ts',
    'cdk.json',
    'config/acme.ts',
    'package.json',
    'tsconfig.json',
  ]);
});

test('as JSON it names the files', async () => {
  const { out } = await init(GIVEN, '--json');
  expect(JSON.parse(out)).toEqual({
    directory,
    files: expect.arrayContaining(['config/acme.ts', 'cdk.json']) as string[],
  });
});

test('names exact versions: those that this package is tested with', () => {
  const { dependencies, devDependencies: tools } = JSON.parse(filesFor(ANSWERS)['package.json']) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  expect(dependencies['cdk-commerce-baseline']).toBe(version);
  expect(dependencies['aws-cdk-lib']).toBe(devDependencies['aws-cdk-lib']);
  expect(tools['aws-cdk']).toBe('2.1148.1');
  expect(Object.values({ ...dependencies, ...tools }).filter((each) => !/^\d+\.\d+\.\d+$/.test(each))).toEqual([]);
});

test('the workflow is the one of examples/ci; otherwise run "npm run docs"', () => {
  const root = path.join(__dirname, '../../..');
  expect(readFileSync(path.join(root, 'lib/cli/init/workflow-text.ts'), 'utf8')).toBe(workflowText());
  const example = readFileSync(path.join(root, 'examples/ci/github-actions.yml'), 'utf8');
  const workflow = filesFor(ANSWERS)['.github/workflows/shop.yml'];
  expect(workflow).toMatch(/^# Actions are pinned/);
  expect(example.endsWith(workflow)).toBe(true);
});

test.each(APPLICATIONS)('what it writes for %s is a store that defineStore finds right', (application) => {
  expect(storeIn(storeFile({ ...ANSWERS, application }))).toMatchObject({
    id: 'acme',
    environment: 'production',
    workload: { account: '111122223333', region: 'ap-southeast-1' },
    contacts: { security: 'security@acme.example' },
  });
});

test('a name is a name, whatever is in it', () => {
  const named = (name: string): unknown => (storeIn(storeFile({ ...ANSWERS, name })) as { name: string }).name;
  const names = fc.sample(fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme-composite' }), 50);
  const plain = [...names, "O'Hara\\", '`${process.exit()}`', "'});\n"].filter(
    (name) => name.trim() !== '' && name.length <= 64,
  );
  expect(plain.map(named)).toEqual(plain);
});

test('everything that is missing or wrong is said together, and nothing is written', async () => {
  const { code, err } = await init({
    id: 'Acme',
    offsiteRegion: 'ap-southeast-1',
    region: 'ap-southeast-1',
    host: 'https://x',
  });
  expect(code).toBe(ExitCode.USAGE);
  expect(err).toContain('--id is "Acme"; it must be 2 to 16 lower-case letters');
  expect(err).toContain('--host is "https://x"; it must be a host name');
  expect(err).toContain('--offsite-region is "ap-southeast-1"; it must be another Region than ap-southeast-1');
  expect(err).toContain('--administrator is missing; it must be the ARN');
  expect(written()).toEqual([]);
});

test('a host outside its zone is refused', async () => {
  expect(await init({ ...GIVEN, zoneName: 'other.example' })).toMatchObject({
    code: ExitCode.USAGE,
    err: expect.stringContaining('[HostOutsideZone]') as string,
  });
});

test('overwrites nothing: where one file is there, none is written', async () => {
  mkdirSync(path.join(directory, 'bin'));
  writeFileSync(path.join(directory, 'bin/app.ts'), 'mine');
  const { code, err } = await init(GIVEN);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('there is already bin/app.ts; nothing is overwritten');
  expect(written()).toEqual(['bin/app.ts']);
  expect(readFileSync(path.join(directory, 'bin/app.ts'), 'utf8')).toBe('mine');
});

test('a place that cannot be written to is said', async () => {
  writeFileSync(path.join(directory, 'config'), 'a file');
  const { code, err } = await init(GIVEN);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('acme.ts cannot be written');
});

test('asks what was not given, in order, and nothing else', async () => {
  const asked: AnswerName[] = [];
  const { tier, host, ...given } = ANSWERS;
  const answers = await completed(given, (name) => {
    asked.push(name);
    return Promise.resolve(name === 'tier' ? tier : host);
  });
  expect(asked).toEqual(['tier', 'host']);
  expect(answers).toEqual(ANSWERS);
});
