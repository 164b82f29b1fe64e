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

/** What calls, and who is told. */
export interface DataWorkflowOptions {
  /** ARN of the function that does the steps. */
  readonly handler: string;
  /** The steps in turn. */
  readonly steps: readonly DataStep[];
  /**
   * ARN of a function that is told how the execution ends, before it does, and says whether that is well.
   *
   * @default - nobody is told
   */
  readonly answer?: string;
}

/** States for each step in turn, all by one function. */
export function dataWorkflowDefinition(comment: string, options: DataWorkflowOptions): object {
  const { handler, steps, answer } = options;
  const ends = answer === undefined ? { well: 'Succeeded', badly: 'Failed' } : { well: 'Answer', badly: 'Answer' };
  const states = steps.map((step, index) =>
    statesOf(step, handler, { ...ends, next: steps[index + 1]?.name ?? ends.well }, answer !== undefined),
  );
  return {
    Comment: comment,
    QueryLanguage: 'JSONPath',
    StartAt: steps[0]?.name,
    States: {
      ...states.reduce((all, each) => ({ ...all, ...each }), {}),
      ...(answer === undefined ? {} : answerStates(answer)),
      Succeeded: { Type: 'Succeed' },
      Failed:
        answer === undefined
          ? { Type: 'Fail', Error: 'Different', CausePath: 'States.JsonToString($.result.answer)' }
          : { Type: 'Fail', Error: 'Different', CausePath: '$.told.reason' },
    },
  };
}

function answerStates(answer: string): object {
  return {
    Answer: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
      Parameters: { FunctionName: answer, 'Payload.$': '$' },
      ResultSelector: { 'succeeded.$': '$.Payload.succeeded', 'reason.$': '$.Payload.reason' },
      ResultPath: '$.told',
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }],
      Next: 'Succeeded?',
    },
    'Succeeded?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.told.succeeded', BooleanEquals: true, Next: 'Succeeded' }],
      Default: 'Failed',
    },
  };
}

function statesOf(
  { name, input, until, requires = until }: DataStep,
  handler: string,
  { next, badly }: { readonly next: string; readonly badly: string },
  isAnswered: boolean,
): object {
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
      ...(isAnswered ? { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: badly }] } : {}),
      Next: `${name}: finished?`,
    },
    [`${name}: finished?`]: {
      Type: 'Choice',
      Choices: [
        { And: [isTrue(until), isTrue(requires)], Next: next },
        { ...isTrue(until), Next: badly },
      ],
      Default: name,
    },
  };
}

function isTrue(field: string): object {
  return { Variable: `$.result.answer.${field}`, BooleanEquals: true };
}
