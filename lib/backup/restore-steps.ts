import { Aws } from 'aws-cdk-lib';

/** States by their names. */
export type States = Record<string, object>;

/** Seconds between two looks. */
const PAUSE = 60;

/** What is asked again; whoever calls AWS is throttled or cut off sometimes. */
export const AGAIN = { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 4, BackoffRate: 2 };

/** An error that is an answer. */
export const never = (error: string): object => ({ ErrorEquals: [error], MaxAttempts: 0 });

/** Asks AWS, and asks again. */
export function call(action: string, parameters: object, first: readonly object[] = []): object {
  return {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::aws-sdk:${action}`,
    Parameters: parameters,
    Retry: [...first, AGAIN],
  };
}

/** Looks are counted anew. */
export function beginning(next: string): object {
  return { Type: 'Pass', Result: { number: 0 }, ResultPath: '$.turn', Next: next };
}

/** Waits, counts, and looks again. */
export function pausing(what: string, next: string): States {
  return {
    [`Await${what}`]: { Type: 'Wait', Seconds: PAUSE, Next: `Count${what}` },
    [`Count${what}`]: {
      Type: 'Pass',
      Parameters: { 'number.$': 'States.MathAdd($.turn.number, 1)' },
      ResultPath: '$.turn',
      Next: next,
    },
  };
}

/** Nobody looks any longer. */
export function late(what: string, next: string): object {
  return { Type: 'Pass', Result: { what }, ResultPath: '$.late', Next: next };
}

/** A value is this text. */
export function is(variable: string, value: string): object {
  return { Variable: variable, StringEquals: value };
}

/** So often was looked. */
export function isTurn(limit: number): object {
  return { Variable: '$.turn.number', NumericGreaterThanEquals: limit };
}
