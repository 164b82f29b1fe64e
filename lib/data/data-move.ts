import { Size } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { ServiceRole } from '../core/service-role';
import type { INetwork } from '../network/network-ref';
import { DataFunction } from './data-function';
import { DataWorkflow } from './data-workflow';
import { dataWorkflowDefinition, type DataStep } from './data-workflow-definition';
import type { ICustomerDatabase } from './database-ref';
import type { DatabaseRole } from './database-role';
import { ObjectAccess } from './object-access';
import { ObjectStore } from './object-store';

/** What every workflow on the rows of a database can be told. */
export interface DataWorkflowChoices {
  /**
   * The network. The function stands in its application zone.
   *
   * @default - the network of the database
   */
  readonly network?: INetwork;

  /**
   * Key for the logs.
   *
   * @default - the key of the database's logs
   */
  readonly logsKey?: IKey;

  /**
   * Who is told of events that failed.
   *
   * @default - nobody
   */
  readonly alerts?: IAlertTopics;
}

/** Where reports stand in a store. */
const REPORTS = 'reports/';

/** The step that reads every table. */
export const MEASURE: DataStep = { name: 'Measure', input: { action: 'measure' }, until: 'done' };

/** What moves, and as whom. */
export interface DataMoveProps extends DataWorkflowChoices {
  /** The database. */
  readonly database: ICustomerDatabase;
  /** @default - an `ObjectStore` inside `scope` */
  readonly store?: ObjectStore;
  /** The login of the function. */
  readonly role: DatabaseRole;
  /** What it does, for whoever finds it in the console. */
  readonly description: string;
  /** The steps in turn. */
  readonly steps: readonly DataStep[];
}

/** What was made. */
export interface DataMove {
  readonly stateMachine: StateMachine;
  readonly function: Function;
  readonly store: ObjectStore;
  readonly role: ServiceRole;
}

/** A function that loads, measures and compares, the state machine that calls it, and the store that it reports to. */
export function createDataMove(scope: Construct, props: DataMoveProps): DataMove {
  const { database, role, alerts, description, steps } = props;
  const { network = database.network, logsKey = database.logsKey } = props;
  const store = props.store ?? new ObjectStore(scope, 'Store');
  const { handler } = new DataFunction(scope, 'Function', {
    database,
    network,
    role,
    logsKey,
    alerts,
    description,
    handler: `move-${database.engine.dialect}-data`,
    // The longest row or statement that is read is 128 MiB, and stands in memory more than once.
    memory: Size.mebibytes(1769),
    environment: { BUCKET: store.bucket.bucketName },
  });
  store.allow(handler.role, ObjectAccess.readWrite(REPORTS));
  const definition = dataWorkflowDefinition(description, { handler: handler.function.functionArn, steps });
  const { stateMachine } = new DataWorkflow(scope, 'Workflow', { handler, definition, description, logsKey });
  return { store, stateMachine, function: handler.function, role: handler.role };
}
