import { type GraphResource } from './template-graph/graph-resource';
import { type GraphStack } from './template-graph/graph-stack';
import { type TemplateGraph } from './template-graph/template-graph';
import { type Verdict } from './verdict';

/** How much is at stake. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** What every rule says about itself. */
interface RuleTexts {
  /** Its name: that of its file. Stands in acknowledgements, so it never changes. */
  readonly name: string;
  readonly severity: Severity;
  /** What holds where the rule does not object, in one sentence. */
  readonly statement: string;
  /** What to do where it objects, in one sentence. */
  readonly fix: string;
}

/** A rule about resources. */
export interface ResourceRule extends RuleTexts {
  /** The types it is about. */
  readonly appliesTo: readonly string[];
  /**
   * What it says of one resource. Reading a value that the template does not show throws `CannotTell`, which the runner
   * takes for the answer.
   */
  readonly judge: (resource: GraphResource, graph: TemplateGraph) => Verdict;
}

/** A rule about stacks. */
export interface StackRule extends RuleTexts {
  readonly judgeStack: (stack: GraphStack, graph: TemplateGraph) => Verdict;
}

export type Rule = ResourceRule | StackRule;
