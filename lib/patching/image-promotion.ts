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

/** Asks the calendar, promotes, rolls out, and puts back what did not come up. */
export function promoting(options: ImagePipelineOptions): States {
  const { partition, calendar, promoted, stack } = options;
  const put = (path: string): object => ({
    Type: 'Task',
    Resource: sdk(partition, 'ssm:putParameter'),
    Parameters: { Name: promoted, 'Value.$': path, Type: 'String', Overwrite: true },
    ResultPath: null,
    Retry: RETRY,
  });
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
    'Read promoted': {
      Type: 'Task',
      Resource: sdk(partition, 'ssm:getParameter'),
      Parameters: { Name: promoted },
      ResultSelector: { 'hex.$': '$.Parameter.Value' },
      ResultPath: '$.before',
      Retry: RETRY,
      Catch: otherwise('PromotionFailed'),
      Next: 'New?',
    },
    'New?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.before.hex', StringEqualsPath: '$.image.hex', Next: 'NothingNew' }],
      Default: 'Read stack',
    },
    'Read stack': {
      Type: 'Task',
      Resource: sdk(partition, 'cloudformation:describeStacks'),
      Parameters: { StackName: stack },
      ResultSelector: { 'parameters.$': '$.Stacks[0].Parameters[*].ParameterKey' },
      ResultPath: '$.stack',
      Retry: RETRY,
      Catch: otherwise('PromotionFailed'),
      Next: 'Keep parameters',
    },
    // What is not named in an update goes back to its default.
    'Keep parameters': {
      Type: 'Map',
      ItemsPath: '$.stack.parameters',
      ItemSelector: { 'ParameterKey.$': '$$.Map.Item.Value', UsePreviousValue: true },
      ItemProcessor: { StartAt: 'Keep', States: { Keep: { Type: 'Pass', End: true } } },
      ResultPath: '$.stack.parameters',
      Next: 'Promote',
    },
    // A failure may come after the value was written.
    Promote: { ...put('$.image.hex'), Catch: otherwise('Put back'), Next: 'Roll out' },
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
      Catch: otherwise('Put back'),
      Next: 'Begin rollout',
    },
    ...asking('rollout', {
      parameters: { StackName: stack },
      resource: sdk(partition, 'cloudformation:describeStacks'),
      selector: {
        'status.$': '$.Stacks[0].StackStatus',
        'running.$': `$.Stacks[0].Parameters[?(@.ParameterValue=='${promoted}')].ResolvedValue`,
      },
      notYet: [],
      answers: [
        {
          And: [
            { Variable: '$.rollout.answer.running[0]', StringEqualsPath: '$.image.hex' },
            {
              Or: [
                is('$.rollout.answer.status', 'UPDATE_COMPLETE'),
                is('$.rollout.answer.status', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
              ],
            },
          ],
          Next: 'Promoted',
        },
        { Variable: '$.rollout.answer.status', StringMatches: '*_IN_PROGRESS', Next: 'Count rollout' },
      ],
      failed: 'Put back',
      overdue: 'Put back',
      ...ROLLOUT,
    }),
    'Put back': { ...put('$.before.hex'), Catch: otherwise('NotPutBack'), Next: 'RolledBack' },
  };
}
