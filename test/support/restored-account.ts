import { type TaskDouble } from './state-machine';

/** An error of AWS as Step Functions names it. */
export function awsError(name: string): Error {
  return Object.assign(new Error(name), { name });
}

/** What a restore job is and what it made, as the tests of restores need them. */
export interface RestoredAccountState {
  /** The answers of DescribeRestoreJob in turn; the last one stays. */
  readonly job: readonly object[];
  /** What DescribeDBClusters says of the restored cluster. */
  readonly cluster: object;
  /** How many looks the instance takes to come up, and to go away again. */
  readonly looks: number;
}

/** The calls of one restore test to AWS Backup, RDS, S3 and CloudWatch, with the instance that comes and goes between them. */
export class RestoredAccount {
  /** Names of the calls that changed something, in order. */
  public readonly calls: string[] = [];
  /** What AWS Backup was told, with whether an instance was there then. */
  public readonly results: { readonly status: unknown; readonly message?: unknown; readonly hadInstance: boolean }[] =
    [];
  public readonly reports: Record<string, string> = {};
  public readonly metrics: { MetricName: string; Value: number }[] = [];
  /** What a step throws. */
  public readonly failures: Record<string, Error> = {};

  private instance?: { looks: number; isGoing: boolean };
  private readonly jobs: object[];

  public constructor(private readonly state: RestoredAccountState) {
    this.jobs = [...state.job];
  }

  /** One double for each state that calls AWS. */
  public doubles(): Record<string, TaskDouble> {
    const doubles: Record<string, TaskDouble> = {
      ReadJob: () => (this.jobs.length > 1 ? (this.jobs.shift() as object) : this.jobs[0]),
      Announce: (parameters) => this.report(parameters),
      ReadCluster: () => ({ DbClusters: [this.state.cluster] }),
      SetCapacity: () => this.changed('modifyDBCluster'),
      CreateInstance: () => {
        if (this.instance !== undefined) {
          throw awsError('Rds.DbInstanceAlreadyExistsException');
        }
        this.instance = { looks: 0, isGoing: false };
        return this.changed('createDBInstance');
      },
      ReadInstance: () => this.look(),
      DeleteInstance: () => {
        Object.assign(this.existing(), { looks: 0, isGoing: true });
        return this.changed('deleteDBInstance');
      },
      ReadDeletion: () => this.look(),
      WriteReport: ({ Key, Body, ChecksumAlgorithm }) => {
        // As a bucket with Object Lock does.
        if (ChecksumAlgorithm === undefined) {
          throw awsError('S3.InvalidRequest');
        }
        this.reports[String(Key)] = String(Body);
        return {};
      },
      Measure: ({ MetricData }) => {
        this.metrics.push(...(MetricData as { MetricName: string; Value: number }[]));
        return {};
      },
      ReportResult: (parameters) => this.report(parameters),
    };
    return Object.fromEntries(
      Object.entries(doubles).map(([state, double]) => [
        state,
        (parameters) => {
          if (this.failures[state] !== undefined) {
            throw this.failures[state];
          }
          return double(parameters);
        },
      ]),
    );
  }

  private report({ ValidationStatus: status, ValidationStatusMessage: message }: Record<string, unknown>): object {
    this.results.push({ status, message, hadInstance: this.instance !== undefined });
    return {};
  }

  private changed(call: string): object {
    this.calls.push(call);
    return {};
  }

  private existing(): { looks: number; isGoing: boolean } {
    if (this.instance === undefined) {
      throw awsError('Rds.DbInstanceNotFoundException');
    }
    return this.instance;
  }

  private look(): object {
    const instance = this.existing();
    instance.looks += 1;
    const isDone = instance.looks > this.state.looks;
    if (instance.isGoing && isDone) {
      this.instance = undefined;
      this.existing();
    }
    const status = instance.isGoing ? 'deleting' : isDone ? 'available' : 'creating';
    return { DbInstances: [{ DbInstanceStatus: status }] };
  }
}
