import { type Rule } from './rule';
import { type GraphResource } from './template-graph/graph-resource';
import { type GraphStack } from './template-graph/graph-stack';
import { type TemplateGraph } from './template-graph/template-graph';
import { settled, type Reason, type Verdict } from './verdict';

/** Rules that are run and reported together. */
export interface RulePack {
  /** The name under which its findings are reported and acknowledged. */
  readonly name: string;
  readonly rules: readonly Rule[];
  /** What a rule answers, by the rule's name: ids of controls, numbers of requirements. */
  readonly answers: (rule: string) => readonly string[];
}

/** What one rule says of one resource or stack. What it says nothing about has none. */
export interface Judgement {
  readonly pack: string;
  readonly rule: Rule;
  readonly outcome: 'compliant' | 'objection' | 'undecidable' | 'failed';
  readonly reasons: readonly Reason[];
  readonly stack: GraphStack;
  /** The resource; nothing when the rule is about the stack. */
  readonly resource?: GraphResource;
  readonly answers: readonly string[];
}

/**
 * Runs the rules of `pack` over `graph`. A rule that throws is heard of as `failed`: it never passes.
 */
export function runRulePack({ name, rules, answers }: RulePack, graph: TemplateGraph): Judgement[] {
  return rules.flatMap((rule) => {
    const subjects = 'judgeStack' in rule ? graph.stacks : graph.resources(...rule.appliesTo);
    return subjects.flatMap((subject) => {
      const { outcome, reasons } = judged(rule, subject, graph);
      const where = 'logicalId' in subject ? { stack: subject.stack, resource: subject } : { stack: subject };
      return outcome === 'not applicable'
        ? []
        : [{ pack: name, rule, outcome, reasons, answers: answers(rule.name), ...where }];
    });
  });
}

type Outcome = Pick<Judgement, 'reasons'> & { readonly outcome: Judgement['outcome'] | Verdict['outcome'] };

function judged(rule: Rule, subject: GraphResource | GraphStack, graph: TemplateGraph): Outcome {
  try {
    return settled(() =>
      'judgeStack' in rule
        ? rule.judgeStack(subject as GraphStack, graph)
        : rule.judge(subject as GraphResource, graph),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { outcome: 'failed', reasons: [{ why: `The rule itself failed: ${why}` }] };
  }
}
