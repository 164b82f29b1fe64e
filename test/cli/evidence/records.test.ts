import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { ExitCode } from '../../../lib/cli/exit-code';
import { commandLine, reportOf, smallAssembly } from '../../support/check';
import { ATTESTED, attestation, evidence, Folders, observation, type Written } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

const ASSEMBLY = smallAssembly({ 'validation-report.json': reportOf([]) });

function withRecord(kind: 'attested' | 'observed', content: unknown, more: object = {}): Promise<Written> {
  return evidence(folders, ASSEMBLY, `--${kind}`, folders.with({ 'record.json': content, ...more }));
}

/** What the page says of a control. */
function cardOf(page: string, control: string): string {
  const start = page.indexOf(`aria-labelledby="${control}"`);
  return page.slice(start, page.indexOf('</article>', start));
}

test('an attestation stands at its control, marked, with person, role and day', async () => {
  const { page, files } = await withRecord('attested', attestation());
  expect(cardOf(page, ATTESTED)).toContain('mark-attested');
  expect(cardOf(page, ATTESTED)).toContain('Jo Doe, owner of the shop, on 2026-06-01');
  expect(files).toHaveProperty(['records/attested/record.json']);
});

test('an observation stands at its control with time, call and principal', async () => {
  const { page } = await withRecord('observed', observation());
  const card = cardOf(page, 'EDGE-1');
  expect(card).toContain('mark-observed');
  expect(card).toContain('cloudfront:GetDistributionConfig');
  expect(card).toContain('assumed-role/auditor/jo');
});

test('an attestation that is older than its control allows has lapsed', async () => {
  const { page } = await withRecord('attested', attestation({ on: '2025-06-01' }));
  expect(cardOf(page, ATTESTED)).toContain('lapsed on 2026-06-01');
});

test('one of this year has not', async () => {
  const { page } = await withRecord('attested', attestation());
  expect(cardOf(page, ATTESTED)).not.toContain('lapsed');
});

test('a record that says no shows', async () => {
  const { page } = await withRecord('attested', attestation({ holds: false }));
  expect(cardOf(page, ATTESTED)).toContain('does not hold');
});

const document = 'Report of the test';
const sha256 = createHash('sha256').update(document).digest('hex');

test('the document that a record rests on is compared', async () => {
  const record = attestation({ document: { file: 'report.txt', sha256 } });
  const { page } = await withRecord('attested', record, { 'report.txt': document });
  expect(page).toContain(`report.txt: as named<br /><code>${sha256}</code>`);
});

test('another document is refused', async () => {
  const record = attestation({ document: { file: 'report.txt', sha256 } });
  const { code, err } = await withRecord('attested', record, { 'report.txt': `${document}, corrected` });
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('its SHA-256 is another');
});

test('a document that is not at hand is said to be so', async () => {
  const { page } = await withRecord('attested', attestation({ document: { file: 'report.txt', sha256 } }));
  expect(page).toContain('report.txt: not at hand');
});

test.each([
  ['truncated', '{"format": "cdk-commerce'],
  ['of a later day', attestation({ on: '2026-12-24' })],
  ['about no control', attestation({ control: 'EDGE-999' })],
  ['without a person', attestation({ by: undefined })],
  ['of a day that is none', attestation({ on: '2026-02-30' })],
  ['with a word nobody knows', attestation({ approved: true })],
  ['of the other kind', observation()],
  ['a list', []],
])('a record that is %s ends with 3, and nothing is written', async (_, content) => {
  const { code, err, files } = await withRecord('attested', content);
  expect(code).toBe(ExitCode.COULD_NOT_RUN);
  expect(err).toContain('record.json');
  expect(files).toEqual({});
});

test('whatever a record says, it is read or refused, and is never markup', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.jsonValue(), async (words, junk) => {
      const said = await withRecord('attested', attestation({ statement: `<b>${words}`, by: `<i>${words}` }));
      expect(said.page).not.toMatch(/<b>|<i>/);
      const { code, err } = await withRecord('attested', JSON.stringify(junk));
      expect(code).toBe(ExitCode.COULD_NOT_RUN);
      expect(err).not.toContain('mistake of commerce-baseline');
    }),
    { numRuns: 15 },
  );
});

test('prints the schema of records', async () => {
  const { code, out } = await commandLine('evidence', '--schema');
  expect(code).toBe(ExitCode.CLEAN);
  const { oneOf } = JSON.parse(out) as { readonly oneOf: readonly { readonly required: readonly string[] }[] };
  expect(oneOf.map(({ required }) => required.includes('principal'))).toEqual([true, false]);
});
