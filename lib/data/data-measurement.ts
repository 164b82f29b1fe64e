import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { createDataMove, MEASURE, type DataWorkflowChoices } from './data-move';
import type { ICustomerDatabase } from './database-ref';
import { DatabaseRole } from './database-role';
import type { ObjectStore } from './object-store';

/** Which database is measured, and where the reports are. */
export interface DataMeasurementProps extends DataWorkflowChoices {
  /** The database. */
  readonly database: ICustomerDatabase;

  /**
   * Where reports are written and those of others are read, below `reports/`.
   *
   * @default - an `ObjectStore` of its own
   */
  readonly store?: ObjectStore;
}

/**
 * Reads every table of a database and writes number of rows and checksums into a report; then compares them with those
 * of another measurement. With one of the database that data comes from and one of the database that it went to, nothing
 * that got lost in between stays unseen.
 *
 * Start an execution with `{"reference": "reports/<execution>/after.json"}`, the key of an earlier measurement; with
 * `{"reference": "none"}` it measures alone. Reads from the readers where there are any: let the shop rest meanwhile. A
 * single table has to be read within thirteen minutes.
 *
 * Costs nothing at rest but the key of its store, 1 USD a month.
 */
export class DataMeasurement extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;
  /** The function that does the work. */
  public readonly function: Function;
  /** Where reports are written. */
  public readonly store: ObjectStore;

  public constructor(scope: Construct, id: string, props: DataMeasurementProps) {
    super(scope, id);
    const compare = { action: 'compare', 'reference.$': '$.reference' };
    const move = createDataMove(this, {
      ...props,
      role: DatabaseRole.readOnly('data_measurement'),
      description: 'Measures the tables of the database',
      steps: [MEASURE, { name: 'Compare', input: compare, until: 'done', requires: 'equal' }],
    });
    this.stateMachine = move.stateMachine;
    this.function = move.function;
    this.store = move.store;
  }
}
