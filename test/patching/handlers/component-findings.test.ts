import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type S3Client, NoSuchKey } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { componentFindings, type Source } from '../../../lib/patching/handlers/component-findings';
import { codeBlocks } from '../../support/documents';

const NOW = new Date('2028-03-01T05:15:00Z');
const PLACE = { bucket: 'evidence', prefix: 'components/' };
const NPM_AUDIT = readFileSync(path.join(__dirname, 'npm-audit.json'), 'utf8');

const source = (format: Source['format'] = 'report', days = 2): Source => ({
  name: 'shop',
  format,
  owner: 'platform@acme.example',
  days,
});

const reading = (body: string | undefined, written = '2028-02-29T23:00:00Z'): Pick<S3Client, 'send'> => ({
  send: (): Promise<unknown> =>
    body === undefined
      ? Promise.reject(new NoSuchKey({ message: 'none', $metadata: {} }))
      : Promise.resolve({ Body: { transformToString: () => Promise.resolve(body) }, LastModified: new Date(written) }),
});

const of = (body: unknown, format?: Source['format'], written?: string): ReturnType<typeof componentFindings> =>
  componentFindings(
    reading(typeof body === 'string' ? body : JSON.stringify(body), written),
    [source(format)],
    PLACE,
    NOW,
  );

const GOOD = {
  components: [
    { name: 'woocommerce', version: '10.4.0' },
    { name: 'storefront-child', version: '1.2.0', owner: 'web@acme.example' },
  ],
  findings: [
    { component: 'woocommerce', vulnerability: 'CVE-2028-1', severity: 'HIGH', fixedIn: '10.4.1' },
    {
      component: 'storefront-child',
      vulnerability: 'CVE-2028-2',
      severity: 'CRITICAL',
      found: '2028-02-01T00:00:00+08:00',
      suppressedBecause: 'The file is not shipped',
    },
  ],
};

test('reads a report: whose a finding is, since when, and whether it is hidden', async () => {
  const { findings, silent } = await of(GOOD);
  expect(silent).toEqual([]);
  expect(findings).toEqual([
    expect.objectContaining({
      findingArn: 'shop/woocommerce/CVE-2028-1',
      severity: 'HIGH',
      status: 'ACTIVE',
      fixAvailable: 'YES',
      firstObservedAt: new Date('2028-02-29T23:00:00Z'),
      owner: 'platform@acme.example',
    }),
    expect.objectContaining({
      severity: 'CRITICAL',
      status: 'SUPPRESSED',
      fixAvailable: 'NO',
      firstObservedAt: new Date('2028-01-31T16:00:00Z'),
      owner: 'web@acme.example',
    }),
  ]);
});

test('reads the report that the documentation shows', async () => {
  const page = readFileSync(path.join(__dirname, '../../../docs/PATCHING.md'), 'utf8');
  const [shown, ...others] = codeBlocks({ file: 'docs/PATCHING.md', text: page }, 'json');
  expect(others).toEqual([]);
  const { findings, silent } = await of(shown.code);
  expect(silent).toEqual([]);
  expect(findings.map(({ severity, owner }) => [severity, owner])).toEqual([['CRITICAL', 'payments@acme.example']]);
});

test('reads what npm writes: one finding for each advisory', async () => {
  const { findings, silent } = await of(NPM_AUDIT, 'npm-audit');
  expect(silent).toEqual([]);
  expect(findings.map(({ findingArn, severity, fixAvailable }) => [findingArn, severity, fixAvailable])).toEqual([
    ['shop/follow-redirects/GHSA-74fj-2j2h-c42q', 'HIGH', 'YES'],
    ['shop/lodash/GHSA-jf85-cpcp-j695', 'CRITICAL', 'YES'],
    ['shop/minimist/GHSA-vh95-rmgr-6w4m', 'LOW', 'YES'],
  ]);
});

test('a package that is affected through another has no finding of its own, and one without a fix says so', async () => {
  const audit = JSON.parse(NPM_AUDIT) as { vulnerabilities: Record<string, { via: unknown[]; fixAvailable: unknown }> };
  audit.vulnerabilities.lodash.fixAvailable = false;
  audit.vulnerabilities.minimist.via = ['lodash'];
  const { findings } = await of(audit, 'npm-audit');
  expect(findings.map(({ findingArn, fixAvailable }) => [findingArn?.split('/')[1], fixAvailable])).toEqual([
    ['follow-redirects', 'YES'],
    ['lodash', 'NO'],
  ]);
});

/** No place of a message may say it. */
const SECRET = 'hunter2';
const audit = (vulnerability: unknown): unknown => ({
  auditReportVersion: 2,
  vulnerabilities: { [SECRET]: vulnerability },
  metadata: { dependencies: { total: 1 } },
});

test.each<[string, unknown, Source['format'], string]>([
  ['no JSON', `Forbidden ${SECRET}`, 'report', 'is no JSON'],
  ['nothing', '', 'report', 'is no JSON'],
  ['a text', `"${SECRET}"`, 'report', 'cannot be read at its top'],
  ['what looked at nothing', { components: [], findings: [] }, 'report', 'cannot be read at components'],
  [
    'a finding in what was not looked at',
    { ...GOOD, components: [GOOD.components[0]] },
    'report',
    'cannot be read at findings[1].component',
  ],
  [
    'a severity that nobody knows',
    { ...GOOD, findings: [{ ...GOOD.findings[0], severity: SECRET }] },
    'report',
    'cannot be read at findings[0].severity',
  ],
  [
    'a date that is none',
    { ...GOOD, findings: [GOOD.findings[0], { ...GOOD.findings[0], found: '2028-02-30T00:00:00Z' }] },
    'report',
    'cannot be read at findings[1].found',
  ],
  [
    'a name of two lines',
    { ...GOOD, components: [{ name: `a\n- ${SECRET}`, version: '1' }] },
    'report',
    'cannot be read at components[0].name',
  ],
  [
    'much that is wrong',
    { components: [{ name: SECRET, version: 1 }], findings: [{ severity: SECRET }] },
    'report',
    'cannot be read at components[0].version, findings[0].component, findings[0].vulnerability and 1 more',
  ],
  [
    'what npm writes when it fails',
    { message: `405 Method Not Allowed ${SECRET}`, statusCode: 405 },
    'npm-audit',
    'cannot be read at auditReportVersion, vulnerabilities, metadata',
  ],
  [
    'an audit of an empty lock',
    { auditReportVersion: 2, vulnerabilities: {}, metadata: { dependencies: { total: 0 } } },
    'npm-audit',
    'cannot be read at metadata.dependencies.total',
  ],
  [
    'a package that npm names otherwise',
    audit({ name: SECRET, via: [{ url: 1 }], range: '*', fixAvailable: true }),
    'npm-audit',
    'cannot be read at vulnerabilities.*.via[0]',
  ],
  ['a report of the other format', NPM_AUDIT, 'report', 'cannot be read at components, findings'],
])('%s is a report that cannot be read, and where is told without what', async (_, body, format, where) => {
  const { findings, silent } = await of(body, format);
  expect(findings).toEqual([]);
  expect(silent).toEqual([{ source: source(format), why: `a report that ${where}` }]);
});

test('a source without an object never reported', async () => {
  const { silent } = await componentFindings(reading(undefined), [source()], PLACE, NOW);
  expect(silent).toEqual([{ source: source(), why: 'no report' }]);
});

test('whatever stands in an object ends in findings or in silence, and never in an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.constantFrom<Source['format']>('report', 'npm-audit'), async (body, format) => {
      const { findings, silent } = await of(body, format);
      expect(findings.length === 0 && silent.length === 1).toBe(true);
      expect(silent[0].why).toMatch(/^a report that (is no JSON|cannot be read at [\w.*[\], ]+)$/);
    }),
    { numRuns: 300 },
  );
});

test('a report is old after its days, to the minute, also over a leap day', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 60 * 24 * 40 }),
      async (days, minutes) => {
        const written = new Date(NOW.getTime() - minutes * 60_000).toISOString();
        const s3 = reading(JSON.stringify(GOOD), written);
        const { findings, silent } = await componentFindings(s3, [source('report', days)], PLACE, NOW);
        expect(silent.length).toBe(minutes >= (days + 1) * 24 * 60 ? 1 : 0);
        // What was found once is told all the same.
        expect(findings).toHaveLength(2);
      },
    ),
  );
});
