import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { createDataMove, MEASURE, type DataWorkflowChoices } from './data-move';
import type { ICustomerDatabase } from './database-ref';
import { DatabaseRole } from './database-role';
import { ObjectAccess } from './object-access';
import type { ObjectStore } from './object-store';

/** Which database is filled, and from where. */
export interface DataLoadProps extends DataWorkflowChoices {
  /** The database: empty. */
  readonly database: ICustomerDatabase;

  /**
   * Where dumps are put, below `dumps/`, and where reports are written, below `reports/`. A dump holds everything that the
   * shop knows of its customers.
   *
   * @default - an `ObjectStore` of its own
   */
  readonly store?: ObjectStore;
}

/** Where dumps stand in the store. */
const DUMPS = 'dumps/';

/**
 * Loads a plain dump of `pg_dump`, `mysqldump` or `mariadb-dump` into an empty database, then reads every table back and
 * compares number of rows and checksums with what stood in the dump. A difference fails the execution and is named in a
 * report, by table and range of keys.
 *
 * Start an execution of the state machine with `{"dump": "dumps/shop.sql"}`. It works in steps of less than fifteen
 * minutes; how far it came is stored with the rows, so that what is broken off at any moment goes on there, and a failed
 * execution is repeated by starting the next. A database that holds tables already is refused. So are dumps that changed
 * meanwhile, that end early or that hold anything but tables, types, indexes, plain views and rows; users, owners and
 * privileges are left out. A single statement has to end within thirteen minutes: an index on some hundred million rows.
 *
 * Costs nothing at rest but the key of its store, 1 USD a month.
 */
export class DataLoad extends Construct {
  /** The state machine. */
  public readonly stateMachine: StateMachine;
  /** The function that does the work. */
  public readonly function: Function;
  /** Where dumps are put, and reports written. */
  public readonly store: ObjectStore;

  public constructor(scope: Construct, id: string, props: DataLoadProps) {
    super(scope, id);
    const move = createDataMove(this, {
      ...props,
      role: DatabaseRole.migrations('data_load'),
      description: 'Loads a dump into the database',
      steps: [
        { name: 'Load', input: { action: 'load', 'dump.$': '$.dump' }, until: 'done' },
        MEASURE,
        { name: 'Compare', input: { action: 'compare' }, until: 'done', requires: 'equal' },
      ],
    });
    move.store.allow(move.role, ObjectAccess.read(DUMPS));
    this.stateMachine = move.stateMachine;
    this.function = move.function;
    this.store = move.store;
  }
}
