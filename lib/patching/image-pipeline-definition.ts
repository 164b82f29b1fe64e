import { LONGEST_BUILD } from './image-build';

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

type States = Readonly<Record<string, object>>;

/** A question that is asked until there is an answer, and how often. */
const SCAN = { seconds: 30, times: 120 };
const SBOM = { seconds: 30, times: 60 };
const ROLLOUT = { seconds: 60, times: 360 };

/** Enough for the longest of everything above: past it nothing is put back. */
const LONGEST_RUN = 24 * 60 * 60;

/** Repeats what throttling or a fault of AWS ended; what is asked for twice is done once. */
const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 2 }];

/** A stack that somebody else is deploying is busy for half an hour at most times. */
const PATIENT = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 45, BackoffRate: 1 }];

/**
 * Builds, scans, records what is in it, asks the calendar, promotes, rolls out; and puts back what did not come up.
 *
 * One event is one tag, whoever brings it however often: CodeBuild and CloudFormation take it as the token by which they
 * know a request again, and what was pushed under it is not built again. Every end is written into the evidence bucket.
 */
export function imagePipelineDefinition(options: ImagePipelineOptions): object {
  return {
    Comment: 'Builds an image from patched bases, and rolls it out when it passed',
    QueryLanguage: 'JSONPath',
    TimeoutSeconds: LONGEST_RUN,
    StartAt: 'Name',
    States: {
      ...building(options),
      ...scanning(options),
      ...listing(options),
      ...promoting(options),
      ...ending(options),
    },
  };
}

function building({ partition, project, repository }: ImagePipelineOptions): States {
  const image = {
    Type: 'Task',
    Resource: sdk(partition, 'ecr:describeImages'),
    Parameters: { RepositoryName: repository, ImageIds: [{ 'ImageTag.$': '$.tag' }] },
    ResultSelector: {
      'digest.$': '$.ImageDetails[0].ImageDigest',
      'hex.$': "States.ArrayGetItem(States.StringSplit($.ImageDetails[0].ImageDigest, ':'), 1)",
    },
    ResultPath: '$.image',
  };
  return {
    Name: {
      Type: 'Pass',
      Parameters: {
        'id.$': '$.id',
        'trigger.$': '$.trigger',
        'tag.$': "States.Format('patched-{}', States.Hash($.id, 'SHA-256'))",
      },
      Next: 'Find image',
    },
    'Find image': {
      ...image,
      Retry: [{ ErrorEquals: ['Ecr.ImageNotFoundException'], MaxAttempts: 0 }, ...RETRY],
      Catch: [
        { ErrorEquals: ['Ecr.ImageNotFoundException'], ResultPath: null, Next: 'Build' },
        ...otherwise('BuildFailed'),
      ],
      Next: 'Begin scan',
    },
    Build: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::codebuild:startBuild.sync`,
      Parameters: {
        ProjectName: project,
        'IdempotencyToken.$': '$.tag',
        EnvironmentVariablesOverride: [{ Name: 'IMAGE_TAG', Type: 'PLAINTEXT', 'Value.$': '$.tag' }],
      },
      // Waiting for a machine takes as long as building at most.
      TimeoutSeconds: 2 * LONGEST_BUILD.toSeconds() + 300,
      ResultPath: null,
      Catch: otherwise('BuildFailed'),
      Next: 'Find built image',
    },
    'Find built image': { ...image, Retry: RETRY, Catch: otherwise('BuildFailed'), Next: 'Begin scan' },
  };
}

function scanning({ partition, repository, judge }: ImagePipelineOptions): States {
  return {
    ...asking('scan', {
      parameters: { RepositoryName: repository, ImageId: { 'ImageDigest.$': '$.image.digest' }, MaxResults: 1 },
      resource: sdk(partition, 'ecr:describeImageScanFindings'),
      selector: { 'status.$': '$.ImageScanStatus.Status' },
      // Inspector hears of an image a moment after it was pushed.
      notYet: ['Ecr.ScanNotFoundException'],
      // COMPLETE is the scan of ECR itself, which knows no languages: that is a missing scan.
      answers: [
        { ...is('$.scan.answer.status', 'ACTIVE'), Next: 'Judge' },
        { Or: [is('$.scan.answer.status', 'PENDING'), is('$.scan.answer.status', 'IN_PROGRESS')], Next: 'Count scan' },
      ],
      failed: 'ScanMissing',
      overdue: 'ScanOverdue',
      ...SCAN,
    }),
    Judge: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::lambda:invoke`,
      Parameters: { FunctionName: judge, Payload: { repository: repository, 'digest.$': '$.image.digest' } },
      ResultSelector: { 'passed.$': '$.Payload.passed', 'over.$': '$.Payload.over' },
      ResultPath: '$.verdict',
      Retry: RETRY,
      Catch: otherwise('ScanUnread'),
      Next: 'Passed?',
    },
    'Passed?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.verdict.passed', BooleanEquals: true, Next: 'Export SBOM' }],
      Default: 'ScanRefused',
    },
  };
}

function listing({ partition, repository, bucket, bucketKey, prefix }: ImagePipelineOptions): States {
  const equals = (value: object): object[] => [{ Comparison: 'EQUALS', ...value }];
  return {
    'Export SBOM': {
      Type: 'Task',
      Resource: sdk(partition, 'inspector2:createSbomExport'),
      Parameters: {
        ReportFormat: 'CYCLONEDX_1_4',
        ResourceFilterCriteria: {
          EcrRepositoryName: equals({ Value: repository }),
          EcrImageTags: equals({ 'Value.$': '$.tag' }),
        },
        S3Destination: {
          BucketName: bucket,
          'KeyPrefix.$': `States.Format('${prefix}{}', $.tag)`,
          KmsKeyArn: bucketKey,
        },
      },
      ResultSelector: { 'report.$': '$.ReportId' },
      ResultPath: '$.export',
      // An account makes one export at a time.
      Retry: PATIENT,
      Catch: otherwise('SbomFailed'),
      Next: 'Begin sbom',
    },
    ...asking('sbom', {
      parameters: { 'ReportId.$': '$.export.report' },
      resource: sdk(partition, 'inspector2:getSbomExport'),
      selector: { 'status.$': '$.Status' },
      notYet: [],
      answers: [
        { ...is('$.sbom.answer.status', 'SUCCEEDED'), Next: 'Ask calendar' },
        { ...is('$.sbom.answer.status', 'IN_PROGRESS'), Next: 'Count sbom' },
      ],
      failed: 'SbomFailed',
      overdue: 'SbomFailed',
      ...SBOM,
    }),
  };
}

function promoting(options: ImagePipelineOptions): States {
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

/** How a run ends, and whether that is well. */
const ENDS: Readonly<Record<string, boolean>> = {
  ...{ Promoted: true, NothingNew: true, Held: true },
  ...{ BuildFailed: false, ScanMissing: false, ScanOverdue: false, ScanUnread: false, ScanRefused: false },
  ...{ SbomFailed: false, CalendarUnread: false, PromotionFailed: false, RolledBack: false, NotPutBack: false },
};

function ending({ partition, bucket, prefix, lastGoodRun }: ImagePipelineOptions): States {
  const ends = Object.entries(ENDS).map(([name, isGood]) => [
    name,
    { Type: 'Pass', Result: { name, isGood }, ResultPath: '$.outcome', Next: 'Record' },
  ]);
  return {
    ...(Object.fromEntries(ends) as States),
    Record: {
      Type: 'Task',
      Resource: sdk(partition, 's3:putObject'),
      Parameters: {
        Bucket: bucket,
        'Key.$': `States.Format('${prefix}{}/{}.json', $.tag, $$.Execution.Name)`,
        'Body.$': '$',
        ContentType: 'application/json',
        // A bucket with Object Lock takes nothing without a checksum.
        ChecksumAlgorithm: 'SHA256',
      },
      ResultPath: null,
      Retry: RETRY,
      Next: 'Good?',
    },
    'Good?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.outcome.isGood', BooleanEquals: true, Next: 'Note good run' }],
      Default: 'Failed',
    },
    'Note good run': {
      Type: 'Task',
      Resource: sdk(partition, 'ssm:putParameter'),
      Parameters: {
        Name: lastGoodRun,
        'Value.$': "States.Format('{} {}', $.outcome.name, $$.Execution.Name)",
        Type: 'String',
        Tier: 'Advanced',
        Overwrite: true,
      },
      ResultPath: null,
      Retry: RETRY,
      Next: 'Succeeded',
    },
    Succeeded: { Type: 'Succeed' },
    Failed: { Type: 'Fail', ErrorPath: '$.outcome.name', CausePath: 'States.JsonToString($)' },
  };
}

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
function asking(name: string, { notYet, failed, overdue, ...question }: Question): States {
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

function otherwise(next: string): object[] {
  return [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: next }];
}

function is(variable: string, value: string): object {
  return { Variable: variable, StringEquals: value };
}

function sdk(partition: string, action: string): string {
  return `arn:${partition}:states:::aws-sdk:${action}`;
}
