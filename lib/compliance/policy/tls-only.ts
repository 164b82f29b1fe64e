import { every, some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { unless, type Verdict } from '../verdict';
import { type Statement, statementsOf } from './statement';

/** Content where a statement of `policies`, those of one resource, is a refusal of everybody who comes without TLS. */
export function heldToTls(policies: readonly GraphResource[], isRefusal: (statement: Statement) => boolean): Verdict {
  const statements = policies.flatMap((policy) => statementsOf(policy, 'PolicyDocument'));
  return unless(
    some(statements, isRefusal),
    policies.length === 0 ? 'it has no policy' : 'no statement of its policy denies that',
  );
}

/** Whether `statement` refuses `actions` to everybody who comes without TLS. */
export function refusesWithoutTls(statement: Statement, ...actions: readonly string[]): boolean {
  const { conditions } = statement;
  return (
    statement.isDeny &&
    statement.isAboutEverybody &&
    // A second condition would let through what it does not match.
    conditions.length === 1 &&
    some(
      conditions,
      ([operator, key, value]) => isWithoutTls(operator, key) && every(value.items, (each) => each.is(false)),
    ) &&
    every(actions, (action) => statement.covers(action))
  );
}

function isWithoutTls(operator: string, key: string): boolean {
  return operator === 'Bool' && key === 'aws:securetransport';
}
