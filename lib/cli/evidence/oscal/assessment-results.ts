import type { Evidence } from '../model/evidence';
import type { ControlEvidence } from '../model/practices';
import type { RecordFile } from '../records/record';
import { line, metadata, momentOf, property } from './shared';
import { uuidOf } from './uuid';

/** What was found, control by control of our catalogue. A requirement of PCI DSS is never the target of a finding. */
export function assessmentResults(evidence: Evidence): object {
  const { cover, practices } = evidence;
  const controls = practices.flatMap((practice) => practice.controls);
  const judged = controls.flatMap((control) => judgedOf(control, cover.day));
  const identity = [cover.title, cover.day, cover.templates, judged];
  const observations = judged.flatMap((each) => each.observations);
  const findings = judged.flatMap(({ finding }) => finding ?? []);
  return {
    uuid: uuidOf(['assessment-results', identity]),
    metadata: metadata(evidence, `${line(cover.title)}: results`),
    // There is no plan in OSCAL: the rules are the plan, and the resource says which.
    'import-ap': { href: `#${uuidOf(['plan', cover.tool])}` },
    results: [
      {
        uuid: uuidOf(['result', identity]),
        title: `Templates of ${line(cover.title)}`,
        description: 'What rules read off the templates, and what records say that was observed or attested.',
        start: momentOf(cover.day),
        'reviewed-controls': { 'control-selections': [{ 'include-all': {} }] },
        ...(observations.length === 0 ? {} : { observations }),
        ...(findings.length === 0 ? {} : { findings }),
      },
    ],
    'back-matter': {
      resources: [
        {
          uuid: uuidOf(['plan', cover.tool]),
          title: 'The control catalogue and its rules',
          description: `Those of cdk-commerce-baseline ${cover.tool}.`,
        },
      ],
    },
  };
}

interface Judged {
  readonly observations: readonly { readonly uuid: string }[];
  readonly finding?: object;
}

function judgedOf(evidence: ControlEvidence, day: string): Judged[] {
  const { control, standing, records } = evidence;
  const observations = [...designed(evidence, day), ...records.map(recorded)];
  if (observations.length === 0) {
    return [];
  }
  const isAgainst = standing === 'open findings' || records.some(({ record, isLapsed }) => !record.holds || isLapsed);
  const said = {
    title: control.id,
    description: line(control.statement),
    props: [property('standing', standing)],
    target: {
      type: 'objective-id',
      'target-id': control.id.toLowerCase(),
      status: { state: isAgainst ? 'not-satisfied' : 'satisfied' },
    },
    'related-observations': observations.map(({ uuid }) => ({ 'observation-uuid': uuid })),
  };
  return [{ observations, finding: { uuid: uuidOf(said), ...said } }];
}

function designed(evidence: ControlEvidence, day: string): { uuid: string }[] {
  const { control, satisfied, findings, acknowledged, standing } = evidence;
  if (satisfied.length + findings.length + acknowledged.length === 0) {
    return [];
  }
  return [
    observation({
      description: `${control.id}, designed: ${standing}. ${satisfied.length} judgements in favour, ${findings.length} findings open, ${acknowledged.length} acknowledged.`,
      props: [property('kind', 'designed')],
      methods: ['EXAMINE'],
      collected: momentOf(day),
    }),
  ];
}

function recorded({ record, sha256, file }: RecordFile): { uuid: string } {
  const isObserved = record.kind === 'observed';
  return observation({
    description: line(record.statement),
    props: [property('kind', record.kind), property('sha256', sha256)],
    methods: [isObserved ? 'TEST' : 'INTERVIEW'],
    collected: isObserved ? record.at : momentOf(record.on),
    'relevant-evidence': [{ href: `../${file}`, description: 'The record, in this bundle.' }],
  });
}

function observation(said: object): { uuid: string } {
  return { uuid: uuidOf(said), ...said };
}
