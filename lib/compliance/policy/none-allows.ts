import { some } from '../template-graph/cannot-tell';
import { about, unless, type Verdict } from '../verdict';
import { type Statement } from './statement';

/** Objects to each of `statements` that allows what `isWrong` describes. */
export function noneAllows(
  statements: readonly Statement[],
  why: string,
  isWrong: (statement: Statement) => boolean,
): Verdict {
  return about(statements, (statement) => unless(!statement.isAllow || !isWrong(statement), why, statement.value));
}

/** Whether `statement` is about everybody, and no condition on a key that `limit` matches leaves only some of them. */
export function isAboutAnybody(statement: Statement, limit: RegExp): boolean {
  return statement.isAboutEverybody && !isHeldTo(statement, limit);
}

/** Whether `statement` is conditional on a key that `limit` matches. */
export function isHeldTo({ conditions }: Statement, limit: RegExp): boolean {
  return some(conditions, ([, key]) => limit.test(key));
}
