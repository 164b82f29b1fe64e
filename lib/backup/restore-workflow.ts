import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ServiceRole } from '../core/service-role';
import { createWorkflow, createWorkflowRole } from '../core/workflow';

/** What runs. */
export interface RestoreWorkflowProps {
  /** The definition, in the language of Step Functions. */
  readonly definition: object;
  /** What it does, for whoever finds it in the console. */
  readonly description: string;
  /** Key for its log. */
  readonly logsKey: IKey;
}

/** A state machine with an encrypted log and a role that its owner gives rights to. */
export class RestoreWorkflow extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;
  /** What it works as. Its owner says what it may do. */
  public readonly role: ServiceRole;

  public constructor(scope: Construct, id: string, { definition, description, logsKey }: RestoreWorkflowProps) {
    super(scope, id);
    this.role = createWorkflowRole(this, description);
    this.stateMachine = createWorkflow(this, { definition, comment: description, role: this.role, logsKey });
  }
}
