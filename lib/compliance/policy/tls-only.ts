import { some } from '../template-graph/cannot-tell';
import { type Statement } from './statement';

/** Whether `statement` refuses whoever comes without TLS, whatever they want to do with `service`. */
export function refusesWithoutTls(statement: Statement, service: string): boolean {
  return (
    statement.isDeny &&
    statement.isAboutEverybody &&
    // A second condition would let through what it does not match.
    statement.conditions.length === 1 &&
    some(
      statement.conditions,
      ([operator, key, value]) =>
        operator === 'Bool' && key === 'aws:securetransport' && value.items.every((each) => each.is(false)),
    ) &&
    statement.covers(`${service}:anything`)
  );
}
