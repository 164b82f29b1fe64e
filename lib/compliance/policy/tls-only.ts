import { every, some } from '../template-graph/cannot-tell';
import { type Statement } from './statement';

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
