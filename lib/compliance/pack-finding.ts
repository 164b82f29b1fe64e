import { type Judgement } from './rule-pack';

/** A rule of ours objects, cannot tell, or failed. */
export interface PackFinding {
  readonly pack: string;
  /** Under this id it is acknowledged: the rule's name, with `[unresolved]` or `[failed]` where it does not object. */
  readonly rule: string;
  readonly kind: 'objection' | 'undecidable' | 'failed';
  /** How much is at stake; `unresolved` where nothing can be told. */
  readonly severity: string;
  readonly stack: string;
  /** Path of the construct; that of the stack when the assembly does not name the construct. */
  readonly constructPath: string;
  /** The resource; nothing when the stack itself is meant. */
  readonly logicalId?: string;
  readonly templatePath: string;
  /** The properties that are meant, from the resource. */
  readonly locations: readonly string[];
  /** What is wrong here. */
  readonly description: string;
  readonly fix: string;
  /** What the rule answers: ids of controls, numbers of requirements. */
  readonly answers: readonly string[];
}

const SUFFIX = { objection: '', undecidable: '[unresolved]', failed: '[failed]' } as const;

/** The findings among `judgements`: one for each rule and resource, with everything that is wrong there. */
export function findingsIn(judgements: readonly Judgement[]): PackFinding[] {
  return judgements.flatMap(({ pack, rule, outcome, reasons, stack, resource, answers }) =>
    outcome === 'compliant'
      ? []
      : [
          {
            pack,
            rule: `${rule.name}${SUFFIX[outcome]}`,
            kind: outcome,
            severity: outcome === 'undecidable' ? 'unresolved' : rule.severity,
            stack: stack.name,
            constructPath: resource?.constructPath ?? stack.constructPath,
            logicalId: resource?.logicalId,
            templatePath: stack.templatePath,
            locations: [...new Set(reasons.flatMap(({ location }) => location ?? []))],
            description: `${rule.statement} ${outcome === 'undecidable' ? 'Cannot tell: ' : 'Here: '}${textOf(reasons.map(({ why }) => why))}`,
            fix: rule.fix,
            answers,
          },
        ],
  );
}

function textOf(reasons: readonly string[]): string {
  return `${[...new Set(reasons)].join('; ')}.`;
}
