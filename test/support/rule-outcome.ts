import { type ResourceRule } from '../../lib/compliance/rule';
import { runRulePack } from '../../lib/compliance/rule-pack';
import { RULES } from '../../lib/compliance/rules';
import { graphOf } from './graph';

/** What a rule says of a resource; nothing at all is silence. */
export type Outcome = 'compliant' | 'objection' | 'undecidable' | 'silent';

/** What is judged stands under `Judged`; everything else is there for it. */
export type JudgedResources = Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;

/** A parameter that nobody gives a value. */
export const GIVEN = { Ref: 'Given' };

/** A resource that is judged, and what stands beside it. */
export function judged(Type: string, Properties: object = {}, others: JudgedResources = {}): JudgedResources {
  return { Judged: { Type, Properties }, ...others };
}

/** What the rule `name` of the control catalogue says of the resource that is judged. */
export function outcomeOf(name: string, Resources: JudgedResources): Outcome {
  const rule = RULES.find((each): each is ResourceRule => each.name === name && 'judge' in each);
  if (rule === undefined) throw new Error(`${name} is no rule about resources`);
  const graph = graphOf({ Parameters: { Given: { Type: 'String' } }, Resources });
  const judgements = runRulePack({ name: 'Test', rules: [rule], answers: () => [] }, graph);
  const outcome = judgements.find(({ resource }) => resource?.logicalId === 'Judged')?.outcome ?? 'silent';
  return outcome === 'failed' ? 'objection' : outcome;
}
