import { Size, type CustomResource } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { HandlerFunction } from '../core/handler-function';
import { identityOf, StoreEnvironment } from '../core/identity';
import { DataFunction } from './data-function';
import type { DataWorkflowChoices } from './data-move';
import { DataWorkflow } from './data-workflow';
import { dataWorkflowDefinition } from './data-workflow-definition';
import type { ICustomerDatabase } from './database-ref';
import { DatabaseRole } from './database-role';
import { MaskingGate } from './masking-gate';
import type { MaskingPolicy } from './masking-policy';

/** Which copy is masked, and how. */
export interface DataMaskingProps extends DataWorkflowChoices {
  /** The database: a copy. What is masked cannot be brought back. */
  readonly database: ICustomerDatabase;

  /** What is masked. */
  readonly policy: MaskingPolicy;

  /**
   * Masks while the stack is deployed, once for each copy and policy, and fails the deployment unless the copy is clean:
   * what depends on `done` never sees the originals.
   *
   * @default false - somebody starts an execution
   */
  readonly onDeployment?: boolean;
}

/**
 * Masks what a copy of a shop knows of its customers, in place, and then looks through every text of every table: an
 * execution of the state machine succeeds only when no e-mail address, telephone number or name that was masked stands
 * anywhere else, and no address stands in a column that nobody declared. It reports tables, columns and numbers of rows,
 * never what it found.
 *
 * Pseudonyms are made with a key that is thrown away at the end: the same value gets the same one in every table, and
 * nobody can tell afterwards whose it was. Names of two letters are looked for only as a part of full names. Snapshots
 * and restore points of the copy from before the masking still hold the originals: take none, and let those that AWS
 * took expire.
 *
 * It starts with a deployment, or with an execution whose input is `{}`. It cannot be undone; a store in production
 * refuses it.
 */
export class DataMasking extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;
  /** The function that does the work. */
  public readonly function: Function;
  /** With `onDeployment`: depend on it to wait for a clean copy. */
  public readonly done?: CustomResource;

  /** @throws BaselineError `MaskingInProduction` */
  public constructor(scope: Construct, id: string, props: DataMaskingProps) {
    super(scope, id);
    this.refuseProduction(props.database);
    const { database, policy, alerts, network = database.network, logsKey = database.logsKey } = props;
    const description = 'Masks what the database knows of customers, and verifies it';
    const { handler } = new DataFunction(this, 'Function', {
      database,
      network,
      logsKey,
      alerts,
      description,
      role: DatabaseRole.migrations('data_masking'),
      handler: `mask-${database.engine.dialect}-data`,
      // The digests of some millions of names and addresses stand in memory while every text is looked through.
      memory: Size.mebibytes(1769),
    });
    const steps = [{ name: 'Mask', input: { plan: policy._render() }, until: 'done', requires: 'clean' }];
    const report = props.onDeployment === true ? this.createReport(logsKey, alerts) : undefined;
    const definition = dataWorkflowDefinition(description, {
      handler: handler.function.functionArn,
      steps,
      answer: report?.function.functionArn,
    });
    const called = report === undefined ? [handler] : [handler, report];
    const { stateMachine } = new DataWorkflow(this, 'Workflow', { handler, called, definition, description, logsKey });
    this.stateMachine = stateMachine;
    this.function = handler.function;
    if (report !== undefined) {
      this.done = new MaskingGate(this, 'Gate', { database, policy, stateMachine, logsKey, alerts }).done;
    }
  }

  private createReport(key: IKey, alerts?: IAlertTopics): HandlerFunction {
    const description = 'Tells CloudFormation how the masking of a copy ended';
    return new HandlerFunction(this, 'Report', { handler: 'report-masking', description, key, alerts });
  }

  private refuseProduction(database: ICustomerDatabase): void {
    const constructs = [this, ...(Construct.isConstruct(database) ? [database] : [])];
    const environments = constructs.map((each) => identityOf(each)?.environment);
    const problems = new Problems(`DataMasking ${this.node.path}`);
    problems.require(!environments.includes(StoreEnvironment.PRODUCTION), {
      code: 'MaskingInProduction',
      property: 'database',
      value: StoreEnvironment.PRODUCTION,
      bound: 'belong to another environment than production',
      remedy: 'Restore a copy in a staging store with DatabaseSource.snapshot(), and mask that.',
    });
    problems.throwIfAny();
  }
}
