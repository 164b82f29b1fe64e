import { LONGEST_BUILD } from './image-build';
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
import { promoting } from './image-promotion';

/** A question that is asked until there is an answer, and how often. */
const SCAN = { seconds: 30, times: 120 };
const SBOM = { seconds: 30, times: 60 };

/** Enough for the longest of everything above: past it nothing is put back. */
const LONGEST_RUN = 24 * 60 * 60;

/**
 * Builds, scans, records what is in it, asks the calendar, promotes, rolls out; and leaves promoted what the stack
 * runs, whatever came of it.
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

/** How a run ends, and whether that is well. */
const ENDS: Readonly<Record<string, boolean>> = {
  ...{ Promoted: true, NothingNew: true, Held: true, Overtaken: true },
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
