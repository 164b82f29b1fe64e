import { Aws } from 'aws-cdk-lib';
import { AGAIN, call } from './restore-steps';

/** Whose restores are looked for, and what is started for each. */
export interface RestoreWatchDefinitionOptions {
  /** ARN of the restore testing plan. */
  readonly plan: string;
  /** ARN of the function that says what is new and what is left over. */
  readonly judge: string;
  /** ARN of the state machine that tests one restore. */
  readonly test: string;
  /** Where the metrics are. */
  readonly namespace: string;
  /** Whether clusters are restored: a listing of them tells which are left over. */
  readonly hasClusters: boolean;
}

const LIST_CLUSTERS = {
  ...call('rds:describeDBClusters', { MaxRecords: 100 }),
  ResultSelector: {
    'names.$': '$.DbClusters[*].DbClusterIdentifier',
    'since.$': '$.DbClusters[*].ClusterCreateTime',
  },
  ResultPath: '$.clusters',
  Next: 'Look',
};

/**
 * Looks for restores that nobody has tested and starts the test of each, once: an execution has the id of its restore job
 * for a name, and Step Functions takes a name once in 90 days. So it does not matter whether an event or the hour began
 * it, or both.
 */
export function restoreWatchDefinition(options: RestoreWatchDefinitionOptions): object {
  const { plan, judge, test, namespace, hasClusters } = options;
  const clusters = hasClusters ? { 'clusters.$': '$.clusters' } : {};
  return {
    Comment: 'Finds restores that are to be tested, and what tests left over',
    QueryLanguage: 'JSONPath',
    StartAt: 'ListJobs',
    TimeoutSeconds: 15 * 60,
    States: {
      ListJobs: {
        ...call('backup:listRestoreJobs', { ByRestoreTestingPlanArn: plan, MaxResults: 100 }),
        ResultSelector: { 'all.$': '$.RestoreJobs' },
        ResultPath: '$.jobs',
        Next: hasClusters ? 'ListClusters' : 'Look',
      },
      ...(hasClusters ? { ListClusters: LIST_CLUSTERS } : {}),
      Look: {
        Type: 'Task',
        Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
        Parameters: {
          FunctionName: judge,
          Payload: { verb: 'look', 'jobs.$': '$.jobs.all', ...clusters },
        },
        ResultSelector: { 'start.$': '$.Payload.start', 'metrics.$': '$.Payload.metrics' },
        ResultPath: '$.seen',
        Retry: [AGAIN],
        Next: 'Measure',
      },
      Measure: {
        ...call('cloudwatch:putMetricData', { Namespace: namespace, 'MetricData.$': '$.seen.metrics' }),
        ResultPath: null,
        Next: 'StartEach',
      },
      StartEach: {
        Type: 'Map',
        ItemsPath: '$.seen.start',
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Start',
          States: {
            Start: {
              ...call('sfn:startExecution', {
                StateMachineArn: test,
                'Name.$': '$.restoreJobId',
                'Input.$': 'States.JsonToString($)',
              }),
              Retry: [{ ErrorEquals: ['Sfn.ExecutionAlreadyExistsException'], MaxAttempts: 0 }, AGAIN],
              Catch: [{ ErrorEquals: ['Sfn.ExecutionAlreadyExistsException'], Next: 'Known' }],
              End: true,
            },
            Known: { Type: 'Pass', End: true },
          },
        },
        End: true,
      },
    },
  };
}
