import { createHash } from 'node:crypto';
import { Aws, CustomResource, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { HandlerFunction } from '../core/handler-function';
import type { ICustomerDatabase } from './database-ref';
import type { MaskingPolicy } from './masking-policy';

/** Which masking has to have succeeded. */
export interface MaskingGateProps {
  /** The copy that is masked. */
  readonly database: ICustomerDatabase;
  /** What is masked. */
  readonly policy: MaskingPolicy;
  /** The masking, which answers CloudFormation when it has ended. */
  readonly stateMachine: StateMachine;
  /** Key for the log of the function that starts it. */
  readonly logsKey: IKey;
  /** @default - nobody is told of a masking that could not be started */
  readonly alerts?: IAlertTopics;
}

/** CloudFormation waits an hour for a custom resource, and no longer. */
const PATIENCE = Duration.hours(1);

/**
 * Masks a copy while the stack is deployed, once for each copy and each policy, and fails the deployment unless the copy
 * is clean. A copy that takes longer than an hour fails it too: the masking goes on, and the next deployment goes on with
 * it where it is.
 */
export class MaskingGate extends Construct {
  /** Depend on it to wait for a clean copy. */
  public readonly done: CustomResource;

  public constructor(scope: Construct, id: string, props: MaskingGateProps) {
    super(scope, id);
    const { database, policy, stateMachine, logsKey: key, alerts } = props;
    const start = new HandlerFunction(this, 'Start', {
      handler: 'start-masking',
      description: 'Starts the masking of a copy before anybody works with it',
      key,
      environment: { STATE_MACHINE: stateMachine.stateMachineArn },
      alerts,
    });
    stateMachine.grantStartExecution(start.role);
    start.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
    );
    this.done = new CustomResource(this, 'Done', {
      resourceType: 'Custom::MaskedCopy',
      serviceToken: start.function.functionArn,
      serviceTimeout: PATIENCE,
      // A restored cluster has another resource id, whatever it is called.
      properties: { Copy: database.resourceId, Policy: digestOf(policy) },
    });
  }
}

function digestOf(policy: MaskingPolicy): string {
  return createHash('sha256').update(JSON.stringify(policy._render())).digest('hex').slice(0, 16);
}
