import { CONTROLS, rulesOf, type Control } from '../../../compliance/catalogue';
import type { Practice } from '../../../compliance/catalogue/control';
import type { Judgement } from '../../../compliance/rule-pack';
import type { CheckedAcknowledgement, CheckedFinding, CheckedWaiver, CheckReport } from '../../check/check-report';
import type { RecordFile } from '../records/record';

/** The practices, by their numbers. */
export const PRACTICES: Readonly<Record<Practice, string>> = {
  1: 'TLS for the site and the payments',
  2: 'Strong passwords, expiry, second factors',
  3: 'Security updates',
  4: 'Encryption',
  5: 'Storage, access, backup',
  6: 'Training',
  7: 'Privacy',
  8: 'Audits',
  9: 'Third parties',
  10: 'Incident response',
};

/** A resource that a rule is content with. */
export interface Satisfied {
  readonly rule: string;
  readonly stack: string;
  readonly constructPath: string;
  readonly type: string;
}

/** What the templates and the records say of a control. */
export type Standing =
  /** Every resource that its rules are about satisfies them. */
  | 'holds in the design'
  /** It holds, apart from findings that somebody explained. */
  | 'holds, with exceptions explained'
  /** A rule objects, or cannot tell, and nobody has explained it. */
  | 'open findings'
  /** No resource is there that its rules are about. */
  | 'nothing to judge'
  /** A person has to say so. Whether one has, its records show. */
  | 'by attestation'
  /** Nothing checks it. */
  | 'not checked';

/** A control, and all that is known of it. */
export interface ControlEvidence {
  readonly control: Control;
  readonly standing: Standing;
  readonly satisfied: readonly Satisfied[];
  readonly findings: readonly CheckedFinding[];
  readonly acknowledged: readonly CheckedAcknowledgement[];
  readonly waivers: readonly CheckedWaiver[];
  readonly records: readonly RecordFile[];
}

/** A practice, and its controls. */
export interface PracticeEvidence {
  readonly practice: Practice;
  readonly title: string;
  readonly controls: readonly ControlEvidence[];
}

/** What is known of the controls, practice by practice. */
export function practicesOf(
  judgements: readonly Judgement[],
  report: CheckReport,
  records: readonly RecordFile[],
): PracticeEvidence[] {
  const satisfied = groupedBy(judgements.filter(({ outcome }) => outcome === 'compliant').map(asSatisfied));
  const findings = groupedBy(report.findings.filter(isOurs));
  const acknowledged = groupedBy(report.acknowledged.filter(isOurs));
  const controls = CONTROLS.map((control): ControlEvidence => {
    const of = <T>(grouped: ReadonlyMap<string, readonly T[]>): T[] =>
      rulesOf(control).flatMap((rule) => grouped.get(rule) ?? []);
    const evidence = {
      control,
      satisfied: of(satisfied),
      findings: of(findings),
      acknowledged: of(acknowledged),
      waivers: report.waivers.filter(({ protection }) => control.protections.some((each) => each === protection)),
      records: records.filter(({ record }) => record.control === control.id),
    };
    return { ...evidence, standing: standingOf(evidence) };
  });
  return Object.entries(PRACTICES).map(([number, title]) => {
    const practice = Number(number) as Practice;
    return { practice, title, controls: controls.filter(({ control }) => control.practice === practice) };
  });
}

function isOurs({ pack }: CheckedFinding): boolean {
  return pack === 'CommerceBaseline';
}

function asSatisfied({ rule, stack, resource }: Judgement): Satisfied {
  return {
    rule: rule.name,
    stack: stack.name,
    constructPath: resource?.name ?? stack.constructPath,
    type: resource?.type ?? 'AWS::CloudFormation::Stack',
  };
}

/** By rule; a rule that cannot tell, or failed, reports under its name and a suffix. */
function groupedBy<T extends { readonly rule: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const rule = item.rule.replace(/\[.*\]$/, '');
    const group = groups.get(rule) ?? [];
    group.push(item);
    groups.set(rule, group);
  }
  return groups;
}

function standingOf(evidence: Omit<ControlEvidence, 'standing'>): Standing {
  const { control, satisfied, findings, acknowledged } = evidence;
  switch (control.check.kind) {
    case 'attestation':
      return 'by attestation';
    case 'nothing':
      return 'not checked';
    default:
      return findings.length > 0
        ? 'open findings'
        : acknowledged.length > 0
          ? 'holds, with exceptions explained'
          : satisfied.length > 0
            ? 'holds in the design'
            : 'nothing to judge';
  }
}
