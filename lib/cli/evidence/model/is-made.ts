import { CannotTell } from '../../../compliance/template-graph/cannot-tell';
import { conditionHolds } from '../../../compliance/template-graph/conditions';
import type { GraphResource } from '../../../compliance/template-graph/graph-resource';

/**
 * Whether a deployment makes `resource`.
 *
 * @throws CannotTell when a condition that the template does not decide says so
 */
export function isMade({ condition, stack, name }: GraphResource): boolean {
  const holds = condition === undefined || conditionHolds({ Condition: condition }, stack);
  if (holds === undefined) {
    throw new CannotTell('Condition', `whether ${name} is made is decided at deployment, by condition ${condition}`);
  }
  return holds;
}
