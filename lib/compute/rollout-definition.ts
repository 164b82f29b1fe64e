import type { Duration } from 'aws-cdk-lib';

/** Where a task runs and who is told of its end. */
export interface RolloutDefinitionOptions {
  readonly partition: string;
  readonly cluster: string;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** ARN of the function that answers CloudFormation. */
  readonly report: string;
  readonly timeout: Duration;
}

/**
 * Runs a task to its end and reports how it ended. The input names the task definition: a state machine that was just
 * updated may run its former definition for some seconds, and must not run the former job.
 */
export function rolloutDefinition(options: RolloutDefinitionOptions): object {
  const { partition, cluster, subnets, securityGroup, report, timeout } = options;
  const service = (action: string): string => `arn:${partition}:states:::${action}`;
  return {
    Comment: 'Runs a job before a rollout and tells CloudFormation how it ended',
    QueryLanguage: 'JSONPath',
    StartAt: 'Run',
    States: {
      Run: {
        Type: 'Task',
        Resource: service('ecs:runTask.sync'),
        Parameters: {
          Cluster: cluster,
          'TaskDefinition.$': '$.taskDefinition',
          LaunchType: 'FARGATE',
          PlatformVersion: 'LATEST',
          NetworkConfiguration: {
            AwsvpcConfiguration: { Subnets: subnets, SecurityGroups: [securityGroup], AssignPublicIp: 'DISABLED' },
          },
        },
        TimeoutSeconds: timeout.toSeconds(),
        ResultSelector: { 'TaskArn.$': '$.TaskArn', 'Containers.$': '$.Containers' },
        ResultPath: '$.task',
        // Only what says that no task was started: rights of a role made a moment ago, throttling, a fault of ECS.
        Retry: [
          {
            ErrorEquals: ['ECS.AccessDeniedException', 'ECS.ServerException', 'ECS.ThrottlingException'],
            IntervalSeconds: 5,
            MaxAttempts: 4,
            BackoffRate: 2,
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Report' }],
        Next: 'Report',
      },
      Report: {
        Type: 'Task',
        Resource: service('lambda:invoke'),
        Parameters: { FunctionName: report, 'Payload.$': '$' },
        ResultSelector: { 'succeeded.$': '$.Payload.succeeded' },
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2 }],
        Next: 'Succeeded?',
      },
      'Succeeded?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.succeeded', BooleanEquals: true, Next: 'Succeeded' }],
        Default: 'Failed',
      },
      Succeeded: { Type: 'Succeed' },
      Failed: { Type: 'Fail', Error: 'JobFailed', Cause: 'The job failed; CloudFormation was told.' },
    },
  };
}
