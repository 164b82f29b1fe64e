/** What the steps ask of whom. */
export interface ImagePipelineOptions {
  readonly partition: string;
  /** Name of the project that builds. */
  readonly project: string;
  /** Name of the repository of the image. */
  readonly repository: string;
  /** ARN of the function that judges what a scan found. */
  readonly judge: string;
  /** Where bills of materials and records go. */
  readonly bucket: string;
  readonly bucketKey: string;
  /** What their keys begin with. */
  readonly prefix: string;
  /** The calendar that is asked. */
  readonly calendar: string;
  /** Name of the parameter that holds the digest of what runs. */
  readonly promoted: string;
  /** Name of the parameter that says which run was good. */
  readonly lastGoodRun: string;
  /** The stack that runs the image. */
  readonly stack: string;
}

/** States by their names. */
export type States = Readonly<Record<string, object>>;

/** Repeats what throttling or a fault of AWS ended; what is asked for twice is done once. */
export const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 2 }];

/** A stack that somebody else is deploying is busy for half an hour at most times. */
export const PATIENT = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 45, BackoffRate: 1 }];

/** A question, and what follows from each answer. */
interface Question {
  readonly resource: string;
  readonly parameters: object;
  readonly selector: object;
  /** Errors that mean that there is no answer yet. */
  readonly notYet: readonly string[];
  readonly answers: readonly object[];
  /** What follows from any other answer. */
  readonly failed: string;
  /** What follows when nobody has answered after `times` questions. */
  readonly overdue: string;
  readonly seconds: number;
  readonly times: number;
}

/** States that ask `question` until there is an answer: from `Begin <name>` on. */
export function asking(name: string, { notYet, failed, overdue, ...question }: Question): States {
  const caught = notYet.map((error) => ({ ErrorEquals: [error], ResultPath: null, Next: `Count ${name}` }));
  const counted = { 'asked.$': `States.MathAdd($.${name}.asked, 1)` };
  return {
    [`Begin ${name}`]: { Type: 'Pass', Result: { asked: 0 }, ResultPath: `$.${name}`, Next: `Ask for ${name}` },
    [`Ask for ${name}`]: {
      Type: 'Task',
      Resource: question.resource,
      Parameters: question.parameters,
      ResultSelector: question.selector,
      ResultPath: `$.${name}.answer`,
      Retry: [...notYet.map((error) => ({ ErrorEquals: [error], MaxAttempts: 0 })), ...RETRY],
      Catch: [...caught, ...otherwise(failed)],
      Next: `${name}: answered?`,
    },
    [`${name}: answered?`]: { Type: 'Choice', Choices: question.answers, Default: failed },
    [`Count ${name}`]: { Type: 'Pass', Parameters: counted, ResultPath: `$.${name}`, Next: `${name}: overdue?` },
    [`${name}: overdue?`]: {
      Type: 'Choice',
      Choices: [{ Variable: `$.${name}.asked`, NumericGreaterThanEquals: question.times, Next: overdue }],
      Default: `Wait for ${name}`,
    },
    [`Wait for ${name}`]: { Type: 'Wait', Seconds: question.seconds, Next: `Ask for ${name}` },
  };
}

/** What follows from any failure. */
export function otherwise(next: string): object[] {
  return [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: next }];
}

/** A value is this text. */
export function is(variable: string, value: string): object {
  return { Variable: variable, StringEquals: value };
}

/** An action of the AWS SDK, as Step Functions names it. */
export function sdk(partition: string, action: string): string {
  return `arn:${partition}:states:::aws-sdk:${action}`;
}
