import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { ExitCode } from '../../../lib/cli/exit-code';
import { commandLine, directoryOf, reportOf, smallAssembly, violation, type Files } from '../../support/check';

const directories: string[] = [];

afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

function written(files: Files): string {
  const directory = directoryOf(files);
  directories.push(directory);
  return directory;
}

const manifest = smallAssembly()['manifest.json'] as { artifacts: { Shop: object } };
const withShop = (changes: object): object => ({
  ...manifest,
  artifacts: { Shop: { ...manifest.artifacts.Shop, ...changes } },
});

test.each<[string, Files, string]>([
  ['an empty directory', {}, 'manifest.json does not exist.\nRun "npx cdk synth --quiet" first'],
  ['an empty manifest', { 'manifest.json': '' }, 'manifest.json is empty.'],
  ['half a manifest', { 'manifest.json': '{"version": "54.0.0", "arti' }, 'is not JSON, or only the beginning of it.'],
  ['any JSON', { 'manifest.json': [1, 2] }, 'manifest.json is not what it should be'],
  [
    'CDK for Terraform',
    { 'manifest.json': { version: '0.20.7', stacks: {} } },
    'is not what it should be at artifacts',
  ],
  ['SAM', { 'template.yaml': 'Transform: AWS::Serverless-2016-10-31' }, 'manifest.json does not exist.'],
  ['an assembly without a stack', { 'manifest.json': { version: '54.0.0', artifacts: {} } }, 'holds no stack'],
  ['a newer schema', smallAssembly({ 'manifest.json': { ...manifest, version: '99.0.0' } }), 'written by a newer CDK'],
  ['half a template', smallAssembly({ 'Shop.template.json': '{"Resources": {' }), 'Shop.template.json is not JSON'],
  [
    'a report that is no JSON',
    smallAssembly({ 'validation-report.json': 'PASS' }),
    'validation-report.json is not JSON',
  ],
  ['another report', smallAssembly({ 'validation-report.json': { version: '1', ok: true } }), 'at pluginReports'],
  [
    'a template outside of the assembly',
    smallAssembly({ 'manifest.json': withShop({ properties: { templateFile: '../../etc/passwd' } }) }),
    'which lies outside of it',
  ],
  [
    'an assembly that holds itself',
    smallAssembly({ 'manifest.json': withShop({ type: 'cdk:cloud-assembly', properties: { directoryName: '.' } }) }),
    'holds itself',
  ],
  [
    'a waiver that is none',
    smallAssembly({ 'Shop.metadata.json': { '/Shop': [{ type: 'cdk-commerce-baseline:waiver', data: 'no' }] } }),
    'is not what it should be',
  ],
])('%s is refused, with a reason and a remedy', async (_, files, said) => {
  const { code, out, err } = await commandLine('check', written(files), '--packs');
  expect({ code, out }).toEqual({ code: ExitCode.COULD_NOT_RUN, out: '' });
  expect(err).toContain(said);
  expect(err.trim().split('\n')).toHaveLength(2);
});

test('a newer schema is read when somebody says so', async () => {
  const directory = written(smallAssembly({ 'manifest.json': { ...manifest, version: '99.0.0' } }));
  expect((await commandLine('check', directory, '--newer-schema')).code).toBe(ExitCode.FINDINGS);
});

const HOSTILE = 'Shop/\u001b[2J<img src=x onerror=alert(1)>|`**@everyone\u202e[x](javascript:y)/Resource';
const hostile = smallAssembly({
  'validation-report.json': reportOf([
    violation({ violatingConstructs: [{ constructPath: HOSTILE }], description: 'See {0} [here](http://evil)\u0007' }),
  ]),
});

test.each(['table', 'markdown', 'sarif'])('as %s, a hostile path is shown and not obeyed', async (format) => {
  const { out } = await commandLine('check', written(hostile), '--format', format);
  // eslint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(out).toContain('u001b');
});

test('in Markdown nothing of it is markup, and nobody is called', async () => {
  const { out } = await commandLine('check', written(hostile), '--format', 'markdown');
  expect(out).toContain('\\<img src=x onerror=alert\\(1\\)\\>\\|\\`\\*\\*@\u200beveryone');
  expect(out).not.toMatch(/(?<!\\)<img/);
});

test('in SARIF nothing of it is a link or a placeholder', async () => {
  const { out } = await commandLine('check', written(hostile), '--format', 'sarif');
  const { runs } = JSON.parse(out) as { runs: { results: { message: { text: string } }[] }[] };
  expect(runs[0].results[0].message.text).toContain('See {{0}} \\[here\\](http://evil)');
});

test('JSON has it as it is', async () => {
  const { out } = await commandLine('check', written(hostile), '--json');
  expect(JSON.parse(out)).toMatchObject({ findings: [{ constructPath: HOSTILE }] });
});

test('where the report cannot be written, nothing half of it is', async () => {
  const directory = written(smallAssembly());
  const place = written({});
  mkdirSync(path.join(place, 'check.json', 'full'), { recursive: true });
  const { code, err } = await commandLine('check', directory, '--json', '--output', path.join(place, 'check.json'));
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('cannot be written');
  expect(readdirSync(place)).toEqual(['check.json']);
});

/** Whatever stands in the files, a command ends with one of its codes, and never with a mistake of ours. */
async function expectNoMistake(directory: string): Promise<void> {
  const { code, err } = await commandLine('check', directory, '--packs', '--format', 'sarif');
  expect(err).not.toContain('This is a mistake of commerce-baseline');
  expect([ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.COULD_NOT_RUN]).toContain(code);
}

const FILES = ['manifest.json', 'Shop.template.json', 'Shop.metadata.json', 'validation-report.json'] as const;

test.each(FILES)('%s cut off anywhere is refused or read, never a mistake', async (file) => {
  const directory = written(smallAssembly());
  const whole = JSON.stringify(smallAssembly()[file]);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      writeFileSync(path.join(directory, file), whole.slice(0, length));
      const { code } = await commandLine('check', directory, '--packs');
      expect(code).toBe(ExitCode.COULD_NOT_RUN);
    }),
    { numRuns: 60 },
  );
});

test.each(FILES)('garbage in %s is refused or read, never a mistake', async (file) => {
  const directory = written(smallAssembly());
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string(), garbled(smallAssembly()[file])), async (text) => {
      writeFileSync(path.join(directory, file), text);
      await expectNoMistake(directory);
    }),
    { numRuns: 300 },
  );
});

/** `value` as JSON with one of its parts replaced by anything. */
function garbled(value: unknown): fc.Arbitrary<string> {
  const places = placesIn(value);
  return fc.tuple(fc.nat(places.length - 1), fc.jsonValue()).map(([at, other]) => {
    const copy = structuredClone({ value });
    const place = ['value', ...places[at]];
    const holder = place.slice(0, -1).reduce<Record<string, unknown>>((inside, key) => inside[key] as never, copy);
    holder[place.at(-1)!] = other;
    return JSON.stringify(copy.value) ?? '';
  });
}

function placesIn(value: unknown): string[][] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[], ...inside.flatMap(([key, part]) => placesIn(part).map((place) => [key, ...place]))];
}
