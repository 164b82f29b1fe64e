import { Token } from 'aws-cdk-lib';
import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { acknowledge } from '../core/acknowledge';
import { Problems } from '../core/errors';

/** The master user of every cluster made here: letters alone, in the 16 characters that both engines take. */
const MASTER_USERNAME = 'clusteradmin';

/** What RDS itself calls a cluster, for ever. Identifiers are kept in small letters. */
const RESOURCE_ID = /^cluster-[A-Z0-9]{16,}$/;

/** What is known of a database that is restored. */
export interface RestoreOptions {
  /**
   * The master user of the cluster the data comes from.
   *
   * @default clusteradmin, as in every cluster of this library
   */
  readonly masterUsername?: string;
}

/** A moment in the past of a cluster. */
export interface PointInTimeOptions extends RestoreOptions {
  /**
   * Identifier or ARN of the cluster. One that was deleted is named by its resource id, `cluster-ABC…`, as long as its
   * automated backups are kept: "aws rds describe-db-cluster-automated-backups" shows it.
   */
  readonly cluster: string;

  /**
   * The moment, in UTC: `2026-11-01T10:00:00Z`.
   *
   * @default - the latest that can be restored, about five minutes ago
   */
  readonly time?: string;
}

/**
 * Where the data of a new database comes from. It is read once, when the cluster is made, and has to stay as it is
 * written: a source that is changed or left out later asks for another, empty cluster. Raise the `generation` with it.
 *
 * What nobody could restore from is refused by the database: `SnapshotIdentifierInvalid`, `RestoreTimeInvalid`.
 */
export class DatabaseSource {
  /** Nothing: an empty database. */
  public static empty(): DatabaseSource {
    return new DatabaseSource(MASTER_USERNAME, {});
  }

  /**
   * A snapshot of a cluster, also one made by AWS Backup.
   *
   * @param snapshot identifier or ARN of the snapshot
   * @param options what is known of the cluster it was taken of
   */
  public static snapshot(snapshot: string, options: RestoreOptions = {}): DatabaseSource {
    const problems = new Problems('DatabaseSource.snapshot');
    problems.require(Token.isUnresolved(snapshot) || /^[A-Za-z][\w:.-]*$/.test(snapshot), {
      code: 'SnapshotIdentifierInvalid',
      property: 'snapshot',
      value: snapshot,
      bound: 'be the identifier or the ARN of a cluster snapshot',
      remedy: 'Copy it from "aws rds describe-db-cluster-snapshots".',
    });
    const masterUsername = options.masterUsername ?? MASTER_USERNAME;
    return new DatabaseSource(masterUsername, { snapshotIdentifier: snapshot }, problems);
  }

  /**
   * A moment in the past of a cluster, to the second, within its 35 days.
   *
   * @param options which cluster, which moment
   */
  public static pointInTime(options: PointInTimeOptions): DatabaseSource {
    const { cluster, time, masterUsername = MASTER_USERNAME } = options;
    const problems = new Problems('DatabaseSource.pointInTime');
    problems.require(time === undefined || Token.isUnresolved(time) || isMoment(time), {
      code: 'RestoreTimeInvalid',
      property: 'time',
      value: time,
      bound: 'be a moment in UTC, written YYYY-MM-DDThh:mm:ssZ',
      remedy: 'Write the last moment at which the data was good, for example 2026-11-01T10:00:00Z.',
    });
    const moment = time === undefined ? { useLatestRestorableTime: true } : { restoreToTime: time };
    const source = RESOURCE_ID.test(cluster)
      ? { sourceDbClusterResourceId: cluster }
      : { sourceDbClusterIdentifier: cluster };
    const restore = { ...source, restoreType: 'full-copy', ...moment };
    return new DatabaseSource(masterUsername, restore, problems);
  }

  private constructor(
    /** @internal */
    public readonly _masterUsername: string,
    private readonly restore: RestoreProperties,
    problems?: Problems,
  ) {
    problems?.keepWith(this);
  }

  /**
   * Whether the data is that of another database.
   *
   * @internal
   */
  public get _isCopy(): boolean {
    return Object.keys(this.restore).length > 0;
  }

  /** @internal */
  public _fill(cluster: CfnDBCluster): void {
    if (!this._isCopy) {
      return;
    }
    // A restored cluster has both already; RDS refuses to be told.
    cluster.masterUsername = undefined;
    cluster.databaseName = undefined;
    Object.assign(cluster, this.restore);
    if (this.restore.restoreType !== undefined) {
      acknowledge(cluster, {
        rules: ['CloudFormation-Validate-W3689'],
        because:
          'RDS encrypts a restored cluster with KmsKeyId. StorageEncrypted stays, so that every generation says so.',
      });
    }
  }
}

/** The properties of a cluster that say what it is restored from. */
interface RestoreProperties {
  readonly snapshotIdentifier?: string;
  readonly sourceDbClusterIdentifier?: string;
  readonly sourceDbClusterResourceId?: string;
  readonly restoreType?: string;
  readonly restoreToTime?: string;
  readonly useLatestRestorableTime?: boolean;
}

function isMoment(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString() === text.replace('Z', '.000Z');
}
