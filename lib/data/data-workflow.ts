import { Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import type { HandlerFunction } from '../core/handler-function';
import type { ServiceRole } from '../core/service-role';
import { createWorkflow, createWorkflowRole, WORKFLOW_ACTIONS } from '../core/workflow';

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

/** What a function writes into its log when a step has ended, and the numbers in it that become metrics. */
const PROGRESS = { message: 'Progress', numbers: { bytes: 'LoadedBytes', rows: 'ProcessedRows' } };

/** A state machine that calls a function again and again until it is done, and its progress as metrics. */
export class DataWorkflow extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;

  public constructor(scope: Construct, id: string, props: DataWorkflowProps) {
    super(scope, id);
    this.stateMachine = createWorkflow(this, {
      definition: props.definition,
      comment: props.description,
      role: this.createRole(props),
      logsKey: props.logsKey,
    });
    this.countProgress(props.handler);
  }

  private createRole({ handler, called = [handler], description }: DataWorkflowProps): ServiceRole {
    const role = createWorkflowRole(this, description);
    called.forEach((each) => each.function.grantInvoke(role));
    acknowledgeWildcards(role, {
      matching: ['*', ...called.map((each) => `${each.function.functionArn}:*`)],
      actions: WORKFLOW_ACTIONS,
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
