import { Aws } from 'aws-cdk-lib';

/** Errors of the handlers that no repetition removes. */
const FINAL = [
  'ColumnTooNarrow',
  'DatabaseNotEmpty',
  'DumpChanged',
  'DumpDamaged',
  'DumpFormUnknown',
  'DumpNotUtf8',
  'DumpWithoutUtc',
  'MeasurementMissing',
  'NoPrimaryKey',
  'RowsRefused',
  'StatementFailed',
  'StatementRefused',
  'UnknownColumn',
  '$ZodError',
  'NotFound',
];

/** One step: what the function is asked for, until it says `done`. */
export interface DataStep {
  /** Name of the state: a verb. */
  readonly name: string;
  /** What the function is told, besides the execution. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The field of the answer that is true when there is nothing left to do. */
  readonly until: string;
  /** The field of the answer that has to be true then, or the execution fails. */
  readonly requires?: string;
}

/** States for each step in turn, all by the function `handler`. */
export function dataWorkflowDefinition(comment: string, handler: string, steps: readonly DataStep[]): object {
  const states = steps.map((step, index) => statesOf(step, handler, steps[index + 1]?.name ?? 'Succeeded'));
  return {
    Comment: comment,
    QueryLanguage: 'JSONPath',
    StartAt: steps[0]?.name,
    States: {
      ...states.reduce((all, each) => ({ ...all, ...each }), {}),
      Succeeded: { Type: 'Succeed' },
      Failed: { Type: 'Fail', Error: 'Different', CausePath: 'States.JsonToString($.result.answer)' },
    },
  };
}

function statesOf({ name, input, until, requires = until }: DataStep, handler: string, next: string): object {
  return {
    [name]: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
      Parameters: { FunctionName: handler, Payload: { ...input, 'execution.$': '$$.Execution.Name' } },
      ResultSelector: { 'answer.$': '$.Payload' },
      ResultPath: '$.result',
      Retry: [
        { ErrorEquals: FINAL, MaxAttempts: 0 },
        // A database that fails over or wakes up, a function that was cut off: the next call goes on where it was.
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 20, MaxAttempts: 5, BackoffRate: 2, MaxDelaySeconds: 300 },
      ],
      Next: `${name}: finished?`,
    },
    [`${name}: finished?`]: {
      Type: 'Choice',
      Choices: [
        { And: [isTrue(until), isTrue(requires)], Next: next },
        { ...isTrue(until), Next: 'Failed' },
      ],
      Default: name,
    },
  };
}

function isTrue(field: string): object {
  return { Variable: `$.result.answer.${field}`, BooleanEquals: true };
}
