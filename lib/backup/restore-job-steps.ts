import { Aws } from 'aws-cdk-lib';
import { AGAIN, call, is, isTurn, late, pausing, type States } from './restore-steps';

/** Who judges, and what is told of a test. */
export interface JudgingOptions {
  /** ARN of the function that says how a test went. */
  readonly judge: string;
  /** Where reports go. */
  readonly bucket: string;
  /** What the keys of reports begin with. */
  readonly prefix: string;
  /** Where the metrics are. */
  readonly namespace: string;
}

/** Looks, one a minute: whoever starts a test has seen that the job has ended, and an event may be early. */
const TURNS = 120;

/** What is true of the restore stands in the job: an event tells only that there is one. */
export function jobStates(next: string): States {
  return {
    ReadJob: {
      ...call('backup:describeRestoreJob', { 'RestoreJobId.$': '$.restoreJobId' }),
      ResultPath: '$.job',
      Next: 'Restored?',
    },
    'Restored?': {
      Type: 'Choice',
      Choices: [
        {
          And: [is('$.job.Status', 'COMPLETED'), { Variable: '$.job.CreatedResourceArn', IsPresent: true }],
          Next: next,
        },
        { Or: [is('$.job.Status', 'FAILED'), is('$.job.Status', 'ABORTED')], Next: 'Judge' },
        { ...isTurn(TURNS), Next: 'JobLate' },
      ],
      Default: 'AwaitJob',
    },
    ...pausing('Job', 'ReadJob'),
    JobLate: late('job', 'Judge'),
  };
}

/** Tells AWS Backup that somebody looks. */
export function announcing(next: string, onFailure: readonly object[]): object {
  return {
    ...call('backup:putRestoreValidationResult', {
      'RestoreJobId.$': '$.restoreJobId',
      ValidationStatus: 'VALIDATING',
    }),
    ResultPath: null,
    Catch: onFailure,
    Next: next,
  };
}

/** Asks what was restored whether it is right: what is wrong with it is an answer, and no error. */
export function checkStates(check: string, payload: object, onFailure: readonly object[], next: string): States {
  return {
    Check: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
      Parameters: { FunctionName: check, Payload: { 'restoreJobId.$': '$.restoreJobId', ...payload } },
      ResultSelector: { 'answer.$': '$.Payload' },
      ResultPath: '$.check',
      // It asks and changes nothing, so it may be asked again.
      Retry: [{ ...AGAIN, MaxAttempts: 2 }],
      Catch: onFailure,
      Next: 'Usable',
    },
    ...usableState(next),
  };
}

/** Whoever has come so far could work with it. */
export function usableState(next: string): States {
  return {
    Usable: { Type: 'Pass', Parameters: { 'at.$': '$$.State.EnteredTime' }, ResultPath: '$.usable', Next: next },
  };
}

/** Whoever cannot be told keeps nobody else from hearing of it. */
const untold = (next: string): object => ({
  ResultPath: null,
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.untold', Next: next }],
  Next: next,
});

/** Judges, and tells the evidence, the metrics and AWS Backup. `question` says which kind of restore it was. */
export function verdictStates(question: object, { judge, bucket, prefix, namespace }: JudgingOptions): States {
  return {
    Judge: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
      Parameters: {
        FunctionName: judge,
        Payload: { ...question, 'test.$': '$' },
      },
      ResultSelector: { 'is.$': '$.Payload' },
      ResultPath: '$.verdict',
      Retry: [AGAIN],
      Next: 'WriteReport',
    },
    WriteReport: {
      ...call('s3:putObject', {
        Bucket: bucket,
        'Key.$': `States.Format('${prefix}{}.json', $.restoreJobId)`,
        'Body.$': '$.verdict.is.report',
        ContentType: 'application/json',
        // A bucket with Object Lock takes nothing without a checksum.
        ChecksumAlgorithm: 'SHA256',
      }),
      ...untold('Measure'),
    },
    Measure: {
      ...call('cloudwatch:putMetricData', { Namespace: namespace, 'MetricData.$': '$.verdict.is.metrics' }),
      ...untold('Reportable?'),
    },
    'Reportable?': {
      Type: 'Choice',
      // AWS Backup takes a result only of what it restored.
      Choices: [{ ...is('$.job.Status', 'COMPLETED'), Next: 'ReportResult' }],
      Default: 'Right?',
    },
    ReportResult: {
      ...call('backup:putRestoreValidationResult', {
        'RestoreJobId.$': '$.restoreJobId',
        'ValidationStatus.$': '$.verdict.is.status',
        'ValidationStatusMessage.$': '$.verdict.is.message',
      }),
      ...untold('Right?'),
    },
    'Right?': {
      Type: 'Choice',
      Choices: [
        { Not: is('$.verdict.is.status', 'SUCCESSFUL'), Next: 'Failed' },
        { Variable: '$.untold', IsPresent: true, Next: 'Untold' },
      ],
      Default: 'Succeeded',
    },
    Succeeded: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'RestoreNotRight', CausePath: '$.verdict.is.message' },
    Untold: {
      Type: 'Fail',
      Error: 'ResultNotTold',
      Cause:
        'What was restored is right. The report, the metrics or AWS Backup could not be written to: see the events before.',
    },
  };
}
