import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import medusa from '../../config/medusa';
import { assemblyOf } from '../support/assembly';
import { commandLine, smallAssembly } from '../support/check';
import { attestation, evidence, filesOf, Folders, observation } from '../support/evidence';

/** Reads both documents as an independent implementation of OSCAL does, and prints how many findings it saw. */
const READ = `
import sys
from pathlib import Path
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.component import ComponentDefinition
folder = Path(sys.argv[1])
definition = ComponentDefinition.oscal_read(folder / 'component-definition.json')
results = AssessmentResults.oscal_read(folder / 'assessment-results.json')
requirements = [r for c in definition.components for i in c.control_implementations or [] for r in i.implemented_requirements]
print(len(requirements), len(results.results[0].findings or []))
`;

const folders = new Folders();

afterAll(() => folders.remove());

/** What trestle, which runs in the environment that test:runtime puts first, says of the documents of `bundle`. */
function read(bundle: string): { readonly status: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', READ, path.join(bundle, 'oscal')], {
    encoding: 'utf8',
  });
  return { status, out: stdout.trim(), err: stderr };
}

test('trestle reads what is written about a store with records', async () => {
  const assembly = assemblyOf({ medusa });
  const bundle = folders.place();
  const records = [
    ['--observed', folders.with({ 'a.json': observation() })],
    ['--attested', folders.with({ 'a.json': attestation() })],
  ].flat();
  await commandLine('evidence', assembly, '--out', bundle, ...records);
  rmSync(assembly, { recursive: true });
  const { status, out, err } = read(bundle);
  expect(err).toBe('');
  expect(status).toBe(0);
  const [requirements, findings] = out.split(' ').map(Number);
  expect(requirements).toBeGreaterThan(40);
  expect(findings).toBeGreaterThan(40);
});

test('trestle reads what is written about an app of which little is known', async () => {
  const { bundle } = await evidence(folders, smallAssembly());
  expect(read(bundle)).toMatchObject({ status: 0, err: '' });
});

test('trestle refuses what is no OSCAL', async () => {
  const { bundle } = await evidence(folders, smallAssembly());
  const file = 'oscal/assessment-results.json';
  writeFileSync(path.join(bundle, file), filesOf(bundle)[file].replace('"uuid"', '"identity"'));
  expect(read(bundle).status).not.toBe(0);
});
