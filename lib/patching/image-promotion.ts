import {
  asking,
  is,
  otherwise,
  PATIENT,
  RETRY,
  sdk,
  type ImagePipelineOptions,
  type States,
} from './image-pipeline-steps';

/** How often is asked whether a stack has come up. */
const ROLLOUT = { seconds: 60, times: 360 };

/** Asks the calendar, promotes and rolls out; then the parameter holds what the stack runs, whatever came of it. */
export function promoting(options: ImagePipelineOptions): States {
  return { ...asksCalendar(options), ...rollsOut(options), ...settles(options) };
}

function asksCalendar({ partition, calendar }: ImagePipelineOptions): States {
  return {
    'Ask calendar': {
      Type: 'Task',
      Resource: sdk(partition, 'ssm:getCalendarState'),
      Parameters: { CalendarNames: [calendar] },
      ResultSelector: { 'state.$': '$.State' },
      ResultPath: '$.calendar',
      Retry: RETRY,
      Catch: otherwise('CalendarUnread'),
      Next: 'May change?',
    },
    // Any answer but this one is no.
    'May change?': {
      Type: 'Choice',
      Choices: [{ ...is('$.calendar.state', 'OPEN'), Next: 'Read promoted' }],
      Default: 'Held',
    },
  };
}

function rollsOut(options: ImagePipelineOptions): States {
  const { partition, stack, promoted } = options;
  return {
    'Read promoted': { ...read(options, '$.before'), Catch: otherwise('PromotionFailed'), Next: 'Read stack' },
    'Read stack': {
      Type: 'Task',
      Resource: sdk(partition, 'cloudformation:describeStacks'),
      Parameters: { StackName: stack },
      ResultSelector: { ...running(promoted), 'parameters.$': '$.Stacks[0].Parameters[*].ParameterKey' },
      ResultPath: '$.stack',
      Retry: RETRY,
      Catch: otherwise('PromotionFailed'),
      Next: 'New?',
    },
    'New?': {
      Type: 'Choice',
      Choices: [
        // It reads no parameter of ours: nothing would come of it.
        { Variable: '$.stack.running[0]', IsPresent: false, Next: 'PromotionFailed' },
        {
          And: [
            { Variable: '$.before.hex', StringEqualsPath: '$.image.hex' },
            { Variable: '$.stack.running[0]', StringEqualsPath: '$.image.hex' },
            { Not: { Or: [isMoving('$.stack.status'), hasFailed('$.stack.status')] } },
          ],
          Next: 'NothingNew',
        },
      ],
      Default: 'Keep parameters',
    },
    // What is not named in an update goes back to its default.
    'Keep parameters': {
      Type: 'Map',
      ItemsPath: '$.stack.parameters',
      ItemSelector: { 'ParameterKey.$': '$$.Map.Item.Value', UsePreviousValue: true },
      ItemProcessor: { StartAt: 'Keep', States: { Keep: { Type: 'Pass', End: true } } },
      ResultPath: '$.stack.parameters',
      Next: 'Take new digest',
    },
    'Take new digest': take('$.image.hex', 'Promote'),
    // A failure may come after the value was written.
    Promote: { ...write(options), Catch: otherwise('Begin rollout'), Next: 'Roll out' },
    'Roll out': {
      Type: 'Task',
      Resource: sdk(partition, 'cloudformation:updateStack'),
      Parameters: {
        StackName: stack,
        UsePreviousTemplate: true,
        'Parameters.$': '$.stack.parameters',
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
        'ClientRequestToken.$': '$.tag',
      },
      ResultPath: null,
      Retry: PATIENT,
      // A deployment of somebody else may have rolled it out: then there is nothing left to update.
      Catch: otherwise('Begin rollout'),
      Next: 'Begin rollout',
    },
  };
}

/**
 * Runs may overlap, with one another and with people who deploy: what a stack at rest runs is the one truth. A run corrects
 * what it wrote itself, and looks again a minute later, since a deployment may have read the parameter just before. What
 * was written since is left to whoever wrote it, who does the same. So the last who wrote leaves what the stack runs.
 */
function settles(options: ImagePipelineOptions): States {
  const { partition, stack, promoted } = options;
  const status = '$.rollout.answer.status';
  const what = '$.rollout.answer.running[0]';
  const runsImage = { Variable: what, StringEqualsPath: '$.image.hex' };
  const isOurs = { Variable: '$.promoted.hex', StringEqualsPath: '$.written.hex' };
  return {
    ...asking('rollout', {
      parameters: { StackName: stack },
      resource: sdk(partition, 'cloudformation:describeStacks'),
      selector: running(promoted),
      // Without an answer nothing is known, and nothing is written.
      notYet: ['States.TaskFailed'],
      answers: [
        { ...isMoving(status), Next: 'Count rollout' },
        { Variable: what, IsPresent: true, Next: 'Read promoted again' },
      ],
      failed: 'NotPutBack',
      overdue: 'NotPutBack',
      ...ROLLOUT,
    }),
    'Read promoted again': {
      ...read(options, '$.promoted'),
      Retry: PATIENT,
      Catch: otherwise('NotPutBack'),
      Next: 'What runs?',
    },
    'What runs?': {
      Type: 'Choice',
      Choices: [
        // Half rolled back, by whomever: people have to look.
        { And: [runsImage, hasFailed(status)], Next: 'NotPutBack' },
        { And: [isOurs, { Not: { Variable: '$.promoted.hex', StringEqualsPath: what } }], Next: 'Take what runs' },
        { ...runsImage, Next: 'Promoted' },
        { Or: [isOurs, { Variable: '$.promoted.hex', StringEqualsPath: '$.before.hex' }], Next: 'RolledBack' },
      ],
      Default: 'Overtaken',
    },
    'Take what runs': take(what, 'Put back'),
    'Put back': { ...write(options), Retry: PATIENT, Catch: otherwise('NotPutBack'), Next: 'Count rollout' },
  };
}

/** Reads the digest that is promoted. */
function read({ partition, promoted }: ImagePipelineOptions, path: string): object {
  return {
    Type: 'Task',
    Resource: sdk(partition, 'ssm:getParameter'),
    Parameters: { Name: promoted },
    ResultSelector: { 'hex.$': '$.Parameter.Value' },
    ResultPath: path,
    Retry: RETRY,
  };
}

/** Says what this run writes next, and afterwards what it wrote last. */
function take(path: string, next: string): object {
  return { Type: 'Pass', Parameters: { 'hex.$': path }, ResultPath: '$.written', Next: next };
}

/** Writes the digest that was taken. */
function write({ partition, promoted }: ImagePipelineOptions): object {
  return {
    Type: 'Task',
    Resource: sdk(partition, 'ssm:putParameter'),
    Parameters: { Name: promoted, 'Value.$': '$.written.hex', Type: 'String', Overwrite: true },
    ResultPath: null,
    Retry: RETRY,
  };
}

/** How a stack is, and the digest that it read when it was deployed last. */
function running(promoted: string): object {
  return {
    'status.$': '$.Stacks[0].StackStatus',
    'running.$': `$.Stacks[0].Parameters[?(@.ParameterValue=='${promoted}')].ResolvedValue`,
  };
}

/** Something may still come of it, even the way back. What is left over is deleted after a success alone. */
function isMoving(status: string): object {
  return {
    And: [
      { Variable: status, StringMatches: '*_IN_PROGRESS' },
      { Not: is(status, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') },
    ],
  };
}

function hasFailed(status: string): object {
  return { Variable: status, StringMatches: '*_FAILED' };
}
