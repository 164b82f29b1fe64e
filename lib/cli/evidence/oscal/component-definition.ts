import type { Evidence } from '../model/evidence';
import type { ControlEvidence } from '../model/practices';
import { line, metadata, nistId, property } from './shared';
import { uuidOf } from './uuid';

/** NIST's own catalogue: the source of the identifiers. */
const NIST_CATALOG =
  'https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json';

/** What the templates implement, by the controls of NIST 800-53 R5. Only what rules looked at is in it. */
export function componentDefinition(evidence: Evidence): object {
  const { cover } = evidence;
  const implemented = requirementsOf(evidence);
  const identity = [cover.title, cover.day, cover.templates];
  const implementation = {
    uuid: uuidOf(['implementation', identity, implemented]),
    source: NIST_CATALOG,
    description: 'Controls of which rules looked at an aspect in the templates. None is claimed to be met as a whole.',
    'implemented-requirements': implemented,
  };
  return {
    uuid: uuidOf(['component-definition', identity, implemented]),
    metadata: metadata(evidence, `${line(cover.title)}: components`),
    components: [
      {
        uuid: uuidOf(['component', identity]),
        type: 'software',
        title: line(cover.title),
        description: `Templates of CloudFormation for ${cover.accounts.length} accounts, as designed.`,
        props: cover.templates.map(({ sha256, file }) => ({ ...property('template-sha256', sha256), remarks: file })),
        // OSCAL allows no empty list.
        ...(implemented.length === 0 ? {} : { 'control-implementations': [implementation] }),
      },
    ],
  };
}

function requirementsOf({ practices }: Evidence): object[] {
  const byNist = new Map<string, ControlEvidence[]>();
  for (const control of practices.flatMap(({ controls }) => controls)) {
    if (control.satisfied.length > 0) {
      control.control.nist.forEach((id) => byNist.set(id, [...(byNist.get(id) ?? []), control]));
    }
  }
  return [...byNist]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, controls]) => {
      const said = {
        'control-id': nistId(id),
        description: controls
          .map(({ control, standing }) => `${control.id} (${standing}): ${control.statement}`)
          .join(' '),
        props: controls.map(({ control }) => property('control', control.id)),
      };
      return { uuid: uuidOf(said), ...said };
    });
}
