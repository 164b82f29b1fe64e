import { readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { ExitCode } from '../../../lib/cli/exit-code';
import {
  commandLine,
  directoryOf,
  FOUND,
  reportOf,
  smallAssembly,
  violation,
  type Ended,
  type Files,
} from '../../support/check';

const directories: string[] = [];

afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

function written(files: Files): string {
  const directory = directoryOf(files);
  directories.push(directory);
  return directory;
}

function check(files: Files, ...words: string[]): Promise<Ended> {
  return commandLine('check', written(files), ...words);
}

interface Printed {
  readonly findings: readonly { readonly fingerprint: string; readonly isNew?: boolean; readonly rule: string }[];
  readonly [field: string]: unknown;
}

async function printed(files: Files, ...words: string[]): Promise<Printed> {
  return JSON.parse((await check(files, '--json', ...words)).out) as Printed;
}

const CLEAN = { 'validation-report.json': reportOf([]) };

/** What constructs of the small assembly wrote down. */
function stated(entries: Readonly<Record<string, readonly object[]>>): Files {
  return smallAssembly({ ...CLEAN, 'Shop.metadata.json': entries });
}

function waiver(until?: string): Files {
  const data = { protection: 'log-store.lock', reason: 'Staging holds no evidence', owner: 'ops@acme.example', until };
  return stated({ '/Shop/Logs': [{ type: 'cdk-commerce-baseline:waiver', data }] });
}

test('a finding that nobody acknowledged ends with 1, and shows construct, rule and remedy', async () => {
  const { code, out } = await check(smallAssembly());
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain(
    `${FOUND}\n  AwsSolutions-S1: The S3 Bucket has server access logs disabled.\n  Remedy: change`,
  );
  expect(out).toContain('- 1 finding that nobody acknowledged.');
});

test('where there is none it ends with 0 and says so', async () => {
  const { code, out } = await check(smallAssembly(CLEAN));
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('No waivers: every protection is in place.');
  expect(out).toMatch(/\nClean\.\n/);
});

test('what is acknowledged is clean, and shown with its reason', async () => {
  const reason = 'Logged elsewhere';
  const acknowledged = violation({ acknowledgedId: 'AwsSolutions::AwsSolutions-S1', acknowledgedAt: 'Shop', reason });
  const { code, out } = await check(smallAssembly({ 'validation-report.json': reportOf([], [acknowledged]) }));
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('AwsSolutions-S1, 1 times\n  Logged elsewhere');
});

test('a pack that broke off has judged nothing: that is a finding', async () => {
  const broken = {
    pluginName: 'AwsSolutions',
    conclusion: 'failure',
    violations: [],
    metadata: { error: 'out of paper' },
  };
  const report = { version: '54.0.0', pluginReports: [broken] };
  const { code, out } = await check(smallAssembly({ 'validation-report.json': report }));
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain('AwsSolutions\n  pack-failed: out of paper');
});

test.each([
  ['warning', ExitCode.CLEAN],
  ['error', ExitCode.FINDINGS],
])('an annotation that is a %s ends with %d', async (severity, expected) => {
  const report = {
    version: '54.0.0',
    pluginReports: [{ pluginName: 'Construct Annotations', violations: [violation({ severity })] }],
  };
  expect((await check(smallAssembly({ 'validation-report.json': report }))).code).toBe(expected);
});

test.each([
  [undefined, 'Waivers', '', ExitCode.CLEAN],
  ['2027-03-31', 'Waivers', '128', ExitCode.CLEAN],
  ['2026-12-24', 'Waivers', '31', ExitCode.CLEAN],
  ['2026-12-23', 'Waivers that end within 30 days', '30', ExitCode.CLEAN],
  ['2026-11-23', 'Waivers that end within 30 days', '0', ExitCode.CLEAN],
  ['2026-11-22', 'Waivers past their last day: renew or remove', '-1', ExitCode.FINDINGS],
])('a waiver until %s stands under %j, with owner and days left', async (until, title, days, expected) => {
  const { code, out } = await check(waiver(until));
  expect(out).toContain(`\n${title}\n===`);
  expect(out).toMatch(new RegExp(`│ log-store.lock │ Shop/Logs +│ ops@acme.example │ ${until ?? ''} *│ ${days} *│`));
  expect(code).toBe(expected);
});

test('an emergency is in force until somebody renews the waiver', async () => {
  const data = { what: 'log-store.lock', owner: 'ops', until: '2026-11-20', emergency: 'Black Friday' };
  const { out } = await check(stated({ '/Shop/Logs': [{ type: 'cdk-commerce-baseline:emergency', data }] }));
  expect(out).toMatch(/Emergencies in force.*│ Black Friday +│/s);
});

const stale = { type: 'aws:cdk:acknowledged-rules', data: { 'AwsSolutions::AwsSolutions-S1': 'Logged elsewhere' } };

test('an acknowledgement that nothing answers to is an error in a store of ours', async () => {
  const packs = { type: 'cdk-commerce-baseline:packs', data: ['AwsSolutions'] };
  const { code, out } = await check(stated({ '/Shop': [packs], '/Shop/Logs': [stale] }));
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain('Shop/Logs\n  AwsSolutions::AwsSolutions-S1: acknowledged, but nothing answers to it.');
});

test('in an app of others, where a pack may not have run, it is only shown', async () => {
  const { code, out } = await check(stated({ '/Shop/Logs': [stale] }));
  expect(code).toBe(ExitCode.CLEAN);
  expect(out).toContain('acknowledged, but nothing answers to it.');
});

describe('against a base', () => {
  const other = violation({ ruleName: 'AwsSolutions-S10' });
  const both = smallAssembly({ 'validation-report.json': reportOf([violation(), other]) });

  test('only what is new counts, whether the base is a report or an assembly', async () => {
    const report = path.join(written({}), 'main.json');
    expect((await check(smallAssembly(), '--json', '--output', report)).code).toBe(ExitCode.FINDINGS);
    for (const base of [report, written(smallAssembly())]) {
      expect((await check(smallAssembly(), '--base', base)).code).toBe(ExitCode.CLEAN);
      const { code, out } = await check(both, '--base', base);
      expect(code).toBe(ExitCode.FINDINGS);
      expect(out).toMatch(/│ AwsSolutions │ 2 +│ 1 +│/);
      expect(out).toMatch(
        /New findings\n=+\n.*AwsSolutions-S10.*Findings that the base has as well.*AwsSolutions-S1:/s,
      );
    }
  });

  test('what is gone is counted', async () => {
    const { code, out } = await check(smallAssembly(), '--base', written(both));
    expect(code).toBe(ExitCode.CLEAN);
    expect(out).toContain('Gone since the base: 1.');
  });

  test('a finding is known again in other words, with other severity and other neighbours', async () => {
    const reworded = violation({ description: 'Turn on access logs.', severity: 'warning' });
    const { findings } = await printed(
      smallAssembly({ 'validation-report.json': reportOf([other, reworded]) }),
      '--base',
      written(smallAssembly()),
    );
    expect(findings.map(({ rule, isNew }) => [rule, isNew])).toEqual([
      ['AwsSolutions-S10', true],
      ['AwsSolutions-S1', false],
    ]);
  });

  test.each([
    ['{', 'is not JSON'],
    ['{"format":"other"}', 'is not what it should be at format'],
    ['{"format":"cdk-commerce-baseline:check","version":2,"findings":[]}', 'is a report of version 2'],
  ])('a base that says %s is refused', async (text, said) => {
    const base = path.join(written({ 'main.json': text }), 'main.json');
    const { code, err } = await check(smallAssembly(), '--base', base);
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toContain(said);
  });
});

describe('with --packs', () => {
  const unreviewed = Object.fromEntries(
    Object.entries(smallAssembly()).filter(([file]) => file !== 'validation-report.json'),
  );

  test('an app that never heard of us is judged, without a report', async () => {
    const { findings } = await printed(unreviewed, '--packs');
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'stack-termination-protection', constructPath: 'Shop' }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        pack: 'CommerceBaseline',
        rule: 'bucket-tls-only',
        practice: 5,
        constructPath: FOUND,
        resource: { template: 'Shop.template.json', logicalId: 'Pictures8C', properties: [] },
      }),
    );
  });

  test('an acknowledgement on a construct around it is heard', async () => {
    const acknowledgement = {
      type: 'aws:cdk:acknowledged-rules',
      data: { 'CommerceBaseline::bucket-tls-only': 'Public' },
    };
    const metadata = { '/Shop': [acknowledgement], [`/${FOUND}`]: [{ type: 'aws:cdk:logicalId', data: 'Pictures8C' }] };
    const { findings, acknowledged } = await printed(
      { ...unreviewed, 'Shop.metadata.json': metadata },
      '--packs',
      'CommerceBaseline',
    );
    const rules = findings.map(({ rule }) => rule);
    expect(rules).toContain('stack-termination-protection');
    expect(rules).not.toContain('bucket-tls-only');
    expect(acknowledged).toMatchObject([{ rule: 'bucket-tls-only', reason: 'Public', acknowledgedAt: 'Shop' }]);
  });

  test('a pack that ran at synthesis does not run again', async () => {
    const packs = [{ type: 'cdk-commerce-baseline:packs', data: ['CommerceBaseline'] }];
    const files = smallAssembly({ ...CLEAN, 'Shop.metadata.json': { '/Shop': packs } });
    expect((await printed(files, '--packs', 'CommerceBaseline')).findings).toEqual([]);
  });

  test('without it and without a report it says what to do', async () => {
    const { code, err } = await check(unreviewed);
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toContain('no rule pack ran when the app was synthesised.');
    expect(err).toContain('add --packs to run ours now');
  });

  test('a pack that is none is answered with those that are', async () => {
    const { code, err } = await check(unreviewed, '--packs', 'Commerce');
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toContain('Name one or more of CommerceBaseline');
  });
});

test('the page for a pull request stays within what GitHub takes, and says what it leaves out', async () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    violation({
      violatingConstructs: [{ constructPath: `Shop/Bucket${index}/Resource` }],
      description: 'x'.repeat(900),
    }),
  );
  const { out } = await check(smallAssembly({ 'validation-report.json': reportOf(many) }), '--format', 'markdown');
  expect(out.length).toBeLessThan(65_536);
  expect(out).toContain('- 3000 findings that nobody acknowledged.');
  expect(out).toMatch(/… and \d+ more: --format json has all\./);
});

test('written to a file, nothing is printed and the verdict is told', async () => {
  const file = path.join(written({}), 'reports', 'check.json');
  const { out, err } = await check(smallAssembly(), '--json', '--output', file);
  expect({ out, err }).toEqual({ out: '', err: `Written to ${file}.\n1 finding that nobody acknowledged.\n` });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'cdk-commerce-baseline:check', version: 1 });
});
