import { POLICY_TYPES, policyStatements } from '../../../compliance/policy/identity-policies';
import { isAt } from '../../../compliance/rules/support/backup-vault';
import { restores, restoresFrom, selectionsOf } from '../../../compliance/rules/support/restore-test';
import { some } from '../../../compliance/template-graph/cannot-tell';
import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import { digitOf, type Digit } from './digit';
import { isMade } from './is-made';
import type { KeptCopy } from './kept-copies';
import { told } from './told';

/** By it whoever looks at what was restored says whether it is right. */
const JUDGES = 'backup:putrestorevalidationresult';

/** The digit of errors: what restores the copies on a schedule, and whether anybody looks at what comes out. */
export function restoredDigit(resource: GraphResource, kept: readonly KeptCopy[], doubts: ReadonlySet<string>): Digit {
  const open = new Set(doubts);
  const tests = resource.stack.graph.resources('AWS::Backup::RestoreTestingPlan').flatMap((test) => {
    const isTested = (): boolean =>
      isMade(test) && some(selectionsOf(test), (selection) => restores(selection, resource) && isMade(selection));
    const from = kept.filter((copy) => told(() => restoresFrom(test, copy), open));
    return from.length > 0 && told(isTested, open) ? [{ test, from, judges: judgesNear(test) }] : [];
  });
  const says = tests.flatMap(({ test, from, judges }) => [
    `restored from ${from.map(({ name }) => name).join(', ')}: ${scheduleOf(test)}`,
    judges.length > 0
      ? `${judges.map(({ name }) => name).join(', ')} lets somebody tell AWS Backup whether it is right`
      : 'nothing of the app says whether it is right',
  ]);
  if (tests.length === 0 && open.size === 0) {
    says.push('not restored on a schedule');
  }
  return digitOf(
    tests.map(({ judges }) => (judges.length > 0 ? 'yes' : 'in part')),
    says,
    open,
  );
}

function scheduleOf(test: GraphResource): string {
  const zone = test.at('ScheduleExpressionTimezone').describe();
  return `${test.at('ScheduleExpression').describe()}${zone === 'nothing' ? '' : `, ${zone}`}`;
}

/** Policies beside `test` that let somebody say whether what it restored is right. */
function judgesNear({ stack }: GraphResource): GraphResource[] {
  return stack.graph
    .resources(...POLICY_TYPES)
    .filter((policy) => isAt(policy.stack, stack))
    .filter((policy) =>
      told(() => some(policyStatements(policy), ({ isAllow, actions }) => isAllow && actions.includes(JUDGES))),
    );
}
