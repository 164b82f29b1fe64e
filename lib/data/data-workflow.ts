import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { HandlerFunction } from '../core/handler-function';
import { physicalName } from '../core/physical-names';
import { ServiceRole } from '../core/service-role';

/** What runs, and by which function. */
export interface DataWorkflowProps {
  /** The function that does the steps. */
  readonly handler: HandlerFunction;
  /**
   * Every function that the definition calls.
   *
   * @default - the one that does the steps
   */
  readonly called?: readonly HandlerFunction[];
  /** The definition, in the language of Step Functions. */
  readonly definition: object;
  /** What it does, for whoever finds it in the console. */
  readonly description: string;
  /** Key for its log. */
  readonly logsKey: IKey;
}

/** What CDK allows a state machine that logs and is traced. */
const LOG_DELIVERY_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
const X_RAY_ACTIONS = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** What a function writes into its log when a step has ended, and the numbers in it that become metrics. */
const PROGRESS = { message: 'Progress', numbers: { bytes: 'LoadedBytes', rows: 'ProcessedRows' } };

/** A state machine that calls a function again and again until it is done, and its progress as metrics. */
export class DataWorkflow extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;

  public constructor(scope: Construct, id: string, props: DataWorkflowProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: physicalName(this, 'stateMachineLogs'),
      encryptionKey: props.logsKey,
      retention: RetentionDays.ONE_YEAR,
      // What was loaded stands in the reports; a fixed name that outlives its stack blocks the next one.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: props.description,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(props.definition)),
      role: this.createRole(props),
      tracingEnabled: true,
      // Without the data of the executions: names of objects are enough to read in the console.
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
    this.countProgress(props.handler);
  }

  private createRole({ handler, called = [handler], description }: DataWorkflowProps): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description,
    });
    called.forEach((each) => each.function.grantInvoke(role));
    acknowledgeWildcards(role, {
      matching: ['*', ...called.map((each) => `${each.function.functionArn}:*`)],
      actions: [...LOG_DELIVERY_ACTIONS, ...X_RAY_ACTIONS],
      because: 'Versions of one function are numbered as they come; log delivery and X-Ray take no resource.',
    });
    return role;
  }

  private countProgress({ function: { logGroup } }: HandlerFunction): void {
    const metricNamespace = `CommerceBaseline/${Stack.of(this).stackName}`;
    for (const [field, metricName] of Object.entries(PROGRESS.numbers)) {
      new MetricFilter(this, metricName, {
        logGroup,
        metricNamespace,
        metricName,
        filterPattern: FilterPattern.stringValue('$.message', '=', PROGRESS.message),
        metricValue: `$.${field}`,
      });
    }
  }
}
