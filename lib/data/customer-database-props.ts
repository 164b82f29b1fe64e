import { Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IAlertTopics } from '../core/alerts';
import type { Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';
import type { INetwork } from '../network/network-ref';
import type { DatabaseEngine } from './database-engine';
import type { DatabaseSource } from './database-source';
import { requireWindows } from './database-windows';

/** Engine, size, source and times of a database: what is chosen anew for each store. */
export interface DatabaseChoices {
  /**
   * Engine and major line.
   *
   * @default DatabaseEngine.auroraPostgresql('17')
   */
  readonly engine?: DatabaseEngine;

  /**
   * Name of the database in the cluster: lower-case letters, digits and underscores. Cannot be changed later.
   *
   * @default shop
   */
  readonly databaseName?: string;

  /**
   * Least capacity, in Aurora capacity units of 2 GiB each: 0, or 0.5 to 256 in steps of 0.5. With 0 the cluster sleeps
   * after five idle minutes, and whoever wakes it waits about 15 seconds: for rehearsals, not for a shop.
   *
   * @default 0.5
   */
  readonly minCapacity?: number;

  /**
   * Most capacity, in Aurora capacity units: 1 to 256 in steps of 0.5. It limits what an hour can cost.
   *
   * @default 8
   */
  readonly maxCapacity?: number;

  /**
   * Instances beside the writer, in other zones and as large as the writer: 0 to 15. With none, a failure of the writer
   * or of its zone is an outage of ten minutes and more; with one, of less than a minute.
   *
   * @default 1
   */
  readonly readers?: number;

  /**
   * Where the data comes from. Read `DatabaseSource` before changing it.
   *
   * @default DatabaseSource.empty()
   */
  readonly source?: DatabaseSource;

  /**
   * Raise it by one to have a new cluster beside the present one: to go back to a backup, for example. The present one
   * is kept, and costs, until somebody deletes it by hand.
   *
   * @default 1
   */
  readonly generation?: number;

  /**
   * When AWS may patch, weekly, in UTC: `sun:19:30-sun:20:30`. A patch restarts the database.
   *
   * @default - a half-hour that RDS picks in the Region's night
   */
  readonly maintenanceWindow?: string;

  /**
   * When AWS takes the daily backup, in UTC: `18:00-19:00`. The database does not slow down.
   *
   * @default - a half-hour that RDS picks in the Region's night
   */
  readonly backupWindow?: string;

  /**
   * Gives up the protection against being deleted by one call.
   *
   * @default - protected
   */
  readonly withoutDeletionProtection?: Waiver;

  /**
   * Leaves the cluster out of every backup plan. Its own recovery to any second of 35 days stays; it goes with the cluster.
   *
   * @default - a `BackupSchedule` selects the cluster
   */
  readonly withoutBackup?: Waiver;
}

/** Where the database stands, under which keys, and who is told. */
export interface CustomerDatabaseProps extends DatabaseChoices {
  /** The network. The cluster stands in its data zone. */
  readonly network: INetwork;

  /**
   * Key for the data, its backups and what Database Insights samples of it. Cannot be changed later.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;

  /**
   * Key for the secrets of the master user and of other logins. Cannot be changed later.
   *
   * @default - a `DataKey` for secrets
   */
  readonly secretsKey?: IKey;

  /**
   * Key for the logs.
   *
   * @default - a `DataKey` for logs
   */
  readonly logsKey?: IKey;

  /**
   * Who is told when the database needs somebody.
   *
   * @default - nobody, and no alarms are created
   */
  readonly alerts?: IAlertTopics;
}

/** Refuses what RDS would refuse at deployment, or worse would not. */
export function requireDatabaseProps(problems: Problems, props: DatabaseChoices, engine: DatabaseEngine): void {
  const { minCapacity = 0.5, maxCapacity = 8, readers = 1, generation = 1, databaseName = 'shop' } = props;
  requireDatabaseName(problems, databaseName, engine);
  problems.require(isCapacity(minCapacity, 0) && (minCapacity === 0 || minCapacity >= 0.5), {
    code: 'MinCapacityOutOfRange',
    property: 'minCapacity',
    value: minCapacity,
    bound: 'be 0, or from 0.5 to 256 in steps of 0.5',
    remedy: 'Leave it out: 0.5 serves a quiet shop.',
  });
  problems.require(isCapacity(maxCapacity, Math.max(1, minCapacity)), {
    code: 'MaxCapacityOutOfRange',
    property: 'maxCapacity',
    value: maxCapacity,
    bound: `be from ${Math.max(1, minCapacity)} to 256 in steps of 0.5`,
    remedy: 'Write what the busiest hour may cost, in units of about 0.12 USD; 8 is the default.',
  });
  problems.require(Number.isInteger(readers) && readers >= 0 && readers <= 15, {
    code: 'ReadersOutOfRange',
    property: 'readers',
    value: readers,
    bound: 'be a whole number from 0 to 15',
    remedy: 'One reader takes over within a minute when the writer fails; more spread reads.',
  });
  problems.require(Number.isInteger(generation) && generation >= 1, {
    code: 'GenerationInvalid',
    property: 'generation',
    value: generation,
    bound: 'be a whole number from 1',
    remedy: 'Raise it by one for a new cluster, and never lower it.',
  });
  requireWindows(problems, props);
}

/** Refuses the name of a database that the engine, or a group named after it, could not have. */
export function requireDatabaseName(problems: Problems, name: string, engine: DatabaseEngine): void {
  const { longestDatabaseName, reservedDatabaseNames } = engine._traits;
  const isValid = /^[a-z][a-z0-9_]*$/.test(name) && name.length <= longestDatabaseName;
  problems.require(Token.isUnresolved(name) || (isValid && !reservedDatabaseNames.includes(name)), {
    code: 'DatabaseNameInvalid',
    property: 'databaseName',
    value: name,
    bound: `be at most ${longestDatabaseName} lower-case letters, digits and underscores, and none of ${reservedDatabaseNames.join(', ')}`,
    remedy: 'Leave it out: "shop" fits.',
  });
}

function isCapacity(value: number, least: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value * 2) && value >= least && value <= 256);
}
