import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { physicalName } from '../core/physical-names';
import { ServiceRole } from '../core/service-role';

/** What runs. */
export interface RestoreWorkflowProps {
  /** The definition, in the language of Step Functions. */
  readonly definition: object;
  /** What it does, for whoever finds it in the console. */
  readonly description: string;
  /** Key for its log. */
  readonly logsKey: IKey;
}

/** What CDK allows a state machine that logs and is traced, on everything. */
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

/** A state machine with an encrypted log and a role that its owner gives rights to. */
export class RestoreWorkflow extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;
  /** What it works as. Its owner says what it may do. */
  public readonly role: ServiceRole;

  public constructor(scope: Construct, id: string, { definition, description, logsKey }: RestoreWorkflowProps) {
    super(scope, id);
    this.role = new ServiceRole(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description,
    });
    const destination = new LogGroup(this, 'Logs', {
      logGroupName: physicalName(this, 'stateMachineLogs'),
      encryptionKey: logsKey,
      retention: RetentionDays.ONE_YEAR,
      // How a test went stands in its report; a fixed name that outlives its stack blocks the next one.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: description,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role: this.role,
      tracingEnabled: true,
      logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
    });
  }
}
