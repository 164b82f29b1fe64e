import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ExitCode } from '../../../lib/cli/exit-code';
import { commandLine, FOUND, reportOf, smallAssembly, violation } from '../../support/check';
import { evidence, filesOf, Folders } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

const CLEAN = smallAssembly({ 'validation-report.json': reportOf([]) });

/** An assembly in which our own packs ran and found nothing. */
function satisfied(metadata: object = {}): ReturnType<typeof smallAssembly> {
  const ran = [{ type: 'cdk-commerce-baseline:packs', data: ['CommerceBaseline', 'PCI.DSS.401'] }];
  return smallAssembly({ 'validation-report.json': reportOf([]), 'Shop.metadata.json': { '/Shop': ran, ...metadata } });
}

test('writes the page, OSCAL and the manifest, and nothing else', async () => {
  const { files, code } = await evidence(folders, satisfied());
  expect(Object.keys(files).sort()).toEqual([
    'index.html',
    'manifest.json',
    'oscal/assessment-results.json',
    'oscal/component-definition.json',
  ]);
  expect(code).toBe(ExitCode.CLEAN);
});

test('the same assembly, records, day and commit give the same bytes', async () => {
  const first = await evidence(folders, CLEAN, '--day', '2026-11-20');
  const second = await evidence(folders, CLEAN, '--day', '2026-11-20');
  expect(Object.keys(first.files)).toHaveLength(4);
  expect(second.files).toEqual(first.files);
});

test('another day gives another page', async () => {
  const [first, second] = await Promise.all([
    evidence(folders, CLEAN, '--day', '2026-11-20'),
    evidence(folders, CLEAN, '--day', '2026-11-21'),
  ]);
  expect(second.page).not.toBe(first.page);
});

test('a finding that nobody acknowledged is on the page, and ends with 1', async () => {
  const { code, page, out } = await evidence(folders, smallAssembly());
  expect(code).toBe(ExitCode.FINDINGS);
  expect(page).toContain('The S3 Bucket has server access logs disabled.');
  expect(page).toContain(`<code>${FOUND}</code>`);
  expect(out).toContain('that nobody acknowledged');
});

test('nothing claims to be observed or attested where no record was given', async () => {
  const { page } = await evidence(folders, satisfied());
  const statements = page.slice(page.indexOf('<main>'));
  expect(statements).toContain('mark-designed');
  expect(statements).not.toMatch(/mark-(observed|attested)/);
  expect(statements).toContain('Nothing on this page claims to have been observed');
});

test('no requirement of PCI DSS is printed as met', async () => {
  const { page } = await evidence(folders, satisfied());
  const matrix = page.slice(page.indexOf('id="responsibility"'), page.indexOf('id="ciphers"'));
  expect(matrix).toContain('12.3.3');
  expect(matrix).not.toMatch(/badge-good|<td[^>]*><div>(met|in place|compliant)</i);
});

test('what the application says is not available stands before everything else', async () => {
  const statement = {
    id: 'acme',
    environment: 'production',
    name: 'Acme',
    account: '111122223333',
    region: 'eu-central-1',
    offsiteRegion: 'eu-west-1',
    part: 'Shop',
    controls: [
      { control: 'staff-mfa', place: 'not available for this shop', explanation: 'No second factor' },
      { control: 'password-storage', place: 'enforced inside the shop', explanation: 'By bcrypt' },
    ],
  };
  const metadata = { '/Shop': [{ type: 'cdk-commerce-baseline:store', data: statement }] };
  const { page } = await evidence(folders, smallAssembly({ 'Shop.metadata.json': metadata }));
  const [missing, enforced, summary] = ['No second factor', 'By bcrypt', 'id="summary"'].map((text) =>
    page.indexOf(text),
  );
  expect(missing).toBeGreaterThan(0);
  expect(missing).toBeLessThan(enforced);
  expect(enforced).toBeLessThan(summary);
});

test('markup in a construct path, a reason and a name is text', async () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&';
  const { page } = await evidence(
    folders,
    smallAssembly({
      'validation-report.json': reportOf(
        [violation({ violatingConstructs: [{ constructPath: `Shop/${hostile}` }] })],
        [violation({ acknowledgedId: 'AwsSolutions::AwsSolutions-S1', acknowledgedAt: 'Shop', reason: hostile })],
      ),
    }),
  );
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).not.toContain('<img');
});

test('the page fetches nothing and runs nothing', async () => {
  const { page } = await evidence(folders, satisfied());
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(script|link|iframe|img|object|embed)\b|url\(http|@import|\ssrc=/i);
});

test.each([
  ['an empty directory', {}],
  ['a truncated manifest', { 'manifest.json': '{"version": "54.0' }],
  ['an assembly without a stack', { 'manifest.json': { version: '54.0.0', artifacts: {} } }],
  ['a report that is no JSON', smallAssembly({ 'validation-report.json': 'Once upon a time' })],
])('%s ends with 3, and writes nothing', async (_, files) => {
  const { code, err, bundle } = await evidence(folders, files);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).not.toMatch(/mistake of commerce-baseline|\n\s+at /);
  expect(readdirSync(path.dirname(bundle))).toEqual([]);
});

test('a day that is none ends with 3', async () => {
  const { code, err } = await evidence(folders, CLEAN, '--day', '2026-02-30');
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('Write it as YYYY-MM-DD.');
});

test('without a place to write to the command line is wrong', async () => {
  const { code, err } = await commandLine('evidence', folders.with(CLEAN));
  expect(code).toBe(ExitCode.USAGE);
  expect(err).toContain('--out');
});

test('a directory that holds something else stays as it is', async () => {
  const other = folders.with({ 'letters/one.txt': 'Dear Jo' });
  const { code, err } = await commandLine('evidence', folders.with(CLEAN), '--out', other);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('holds no evidence');
  expect(filesOf(other)).toEqual({ 'letters/one.txt': 'Dear Jo' });
});

test('an earlier bundle is replaced as a whole', async () => {
  const { bundle } = await evidence(folders, CLEAN);
  writeFileSync(path.join(bundle, 'left-behind.txt'), '');
  await commandLine('evidence', folders.with(CLEAN), '--out', bundle);
  expect(Object.keys(filesOf(bundle))).not.toContain('left-behind.txt');
  expect(readdirSync(path.dirname(bundle))).toEqual(['bundle']);
});

test('a file cannot be the directory', async () => {
  const file = path.join(folders.with({ file: 'text' }), 'file');
  const { code } = await commandLine('evidence', folders.with(CLEAN), '--out', file);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
});
