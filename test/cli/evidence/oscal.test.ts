import { reportOf, smallAssembly } from '../../support/check';
import { uuidOf } from '../../../lib/cli/evidence/oscal/uuid';
import { ATTESTED, attestation, evidence, Folders } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

interface Finding {
  readonly title: string;
  readonly target: { readonly 'target-id': string; readonly status: { readonly state: string } };
}

async function findingsOf(...words: string[]): Promise<readonly Finding[]> {
  const assembly = smallAssembly({ 'validation-report.json': reportOf([]) });
  const { files } = await evidence(folders, assembly, ...words);
  const { 'assessment-results': document } = JSON.parse(files['oscal/assessment-results.json']) as {
    readonly 'assessment-results': { readonly results: readonly { readonly findings: readonly Finding[] }[] };
  };
  return document.results[0].findings;
}

function stateOf(findings: readonly Finding[], control: string): string | undefined {
  return findings.find(({ title }) => title === control)?.target.status.state;
}

test('a control with an open finding is not satisfied, and one that nothing was said about is not in it', async () => {
  const findings = await findingsOf();
  // The bucket of the small assembly has no policy, no versions and no key.
  expect(findings.some(({ target }) => target.status.state === 'not-satisfied')).toBe(true);
  expect(stateOf(findings, ATTESTED)).toBeUndefined();
});

test('an attestation satisfies its control until it lapses', async () => {
  const fresh = await findingsOf('--attested', folders.with({ 'a.json': attestation() }));
  const lapsed = await findingsOf('--attested', folders.with({ 'a.json': attestation({ on: '2020-01-01' }) }));
  expect([stateOf(fresh, ATTESTED), stateOf(lapsed, ATTESTED)]).toEqual(['satisfied', 'not-satisfied']);
});

test('no finding is about a requirement of PCI DSS', async () => {
  const targets = (await findingsOf()).map(({ target }) => target['target-id']);
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !/^[a-z]+-\d+$/.test(target))).toEqual([]);
});

test('identifiers are of version 5, and follow the content', () => {
  expect(uuidOf('one')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidOf('one')).toBe(uuidOf('one'));
  expect(uuidOf('one')).not.toBe(uuidOf('two'));
});
