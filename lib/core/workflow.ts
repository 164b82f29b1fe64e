import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { physicalName } from './physical-names';
import { ServiceRole } from './service-role';

/** What a state machine of ours is made from. */
export interface WorkflowOptions {
  /** The definition, in the language of Step Functions. */
  readonly definition: object;
  /** What it works as. */
  readonly role: ServiceRole;
  /** Key for its log. */
  readonly logsKey: IKey;
  /**
   * What it does, for whoever finds it in the console.
   *
   * @default - what the definition says
   */
  readonly comment?: string;
  /**
   * Id of its log group.
   *
   * @default 'Logs'
   */
  readonly logsId?: string;
}

/** What CDK allows a state machine that logs and is traced, on everything: log delivery and X-Ray take no resource. */
export const WORKFLOW_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** A role that Step Functions assumes for state machines of this account alone. */
export function createWorkflowRole(scope: Construct, description: string): ServiceRole {
  return new ServiceRole(scope, 'Role', {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    description,
  });
}

/** A Standard state machine, traced, with an encrypted log that keeps no data of what it was given. */
export function createWorkflow(scope: Construct, options: WorkflowOptions): StateMachine {
  const { definition, role, logsKey, comment, logsId = 'Logs' } = options;
  const destination = new LogGroup(scope, logsId, {
    logGroupName: physicalName(scope, 'stateMachineLogs'),
    encryptionKey: logsKey,
    retention: RetentionDays.ONE_YEAR,
    // What came of it is kept elsewhere; a fixed name that outlives its stack blocks the next one.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new StateMachine(scope, 'StateMachine', {
    comment,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(definition)),
    role,
    tracingEnabled: true,
    // Names are enough to read in the console; the data may hold an address at which somebody takes an answer.
    logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
  });
}
