import { Duration, SizeRoundingBehavior, type Size } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { disposalOf } from '../core/disposal';
import { Problems } from '../core/errors';
import { physicalName } from '../core/physical-names';
import { pinLogicalId } from '../core/stateful';
import type { CacheEndpoint, CacheFoundation } from './cache-topology';
import { REFUSED_LOGINS } from './replicated-cache';

/** Where a serverless cache stops growing. */
export interface ServerlessCacheOptions {
  /**
   * Most data: 1 to 5,000 GiB. A full cache throws out keys that expire.
   *
   * @default - no limit of ours: 5,000 GiB
   */
  readonly maxStorage?: Size;

  /**
   * Most ElastiCache processing units a second: 1,000 to 15,000,000. Reading or writing a kilobyte takes one; what is
   * above is refused.
   *
   * @default - no limit of ours
   */
  readonly maxProcessingUnits?: number;
}

/** ElastiCache does not let it be chosen. */
const PORT = 6379;

/** As many as of a replicated cache. */
const SNAPSHOTS_KEPT = 15;

/** What a topology builds on, and how. */
export interface ServerlessCacheProps extends CacheFoundation {
  /** Where it stops growing. */
  readonly options: ServerlessCacheOptions;
}

/** The cache of `CacheTopology.serverless`. */
export class ServerlessCache extends Construct implements CacheEndpoint {
  /** Host name of the cache. */
  public readonly host: string;
  /** Port with TLS. */
  public readonly port = PORT;
  /** Name: part of the token of a user that logs in by IAM. */
  public readonly cacheName: string;
  /** ARN that IAM asks for when a user connects. */
  public readonly cacheArn: string;
  /** The serverless cache. */
  public readonly resource: CfnServerlessCache;

  public constructor(scope: Construct, id: string, props: ServerlessCacheProps) {
    super(scope, id);
    const cache = this.createCache(props);
    pinLogicalId(scope, cache, 'ServerlessCache');
    this.resource = cache;
    this.host = cache.attrEndpointAddress;
    this.cacheName = cache.ref;
    this.cacheArn = cache.attrArn;
    this.watch(props.alerts);
  }

  private createCache({ network, securityGroup, key, userGroupId, options }: ServerlessCacheProps): CfnServerlessCache {
    const { maxStorage, maxProcessingUnits } = options;
    const dataStorage = maxStorage && { unit: 'GB', maximum: maxStorage.toGibibytes() };
    const ecpuPerSecond = maxProcessingUnits === undefined ? undefined : { maximum: maxProcessingUnits };
    return new CfnServerlessCache(this, 'ServerlessCache', {
      serverlessCacheName: physicalName(this, 'serverlessCache'),
      description: 'Sessions and cached answers',
      engine: 'valkey',
      majorEngineVersion: '8',
      // ElastiCache takes two or three.
      subnetIds: network.dataSubnets.slice(0, 3).map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.securityGroupId],
      kmsKeyId: key.keyArn,
      userGroupId,
      cacheUsageLimits: dataStorage || ecpuPerSecond ? { dataStorage, ecpuPerSecond } : undefined,
      snapshotRetentionLimit: SNAPSHOTS_KEPT,
      finalSnapshotName: disposalOf(this) === undefined ? physicalName(this, 'finalCacheSnapshot') : undefined,
    });
  }

  private watch(alerts?: IAlertTopics): void {
    const metric = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/ElastiCache',
        metricName,
        dimensionsMap: { clusterId: this.cacheName },
        statistic: 'sum',
        period: Duration.minutes(5),
      });
    addAlarm(this, 'ThrottledAlarm', alerts, {
      urgency: 'notice',
      metric: metric('ThrottledCmds'),
      threshold: 1,
      evaluationPeriods: 3,
      description:
        'The cache refuses commands: it is at its limit of processing units, or grows too slowly. Raise the limit.',
    });
    addAlarm(this, 'RefusedAlarm', alerts, {
      urgency: 'notice',
      metric: metric('AuthenticationFailures'),
      threshold: 10,
      evaluationPeriods: 1,
      description: REFUSED_LOGINS,
    });
  }
}

/** Refuses what ElastiCache would refuse at deployment. */
export function checkServerlessCache({ maxStorage, maxProcessingUnits }: ServerlessCacheOptions): void {
  const problems = new Problems('CacheTopology.serverless');
  const gibibytes = maxStorage?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  problems.require(gibibytes === undefined || (Number.isInteger(gibibytes) && gibibytes >= 1 && gibibytes <= 5_000), {
    code: 'CacheLimitOutOfRange',
    property: 'maxStorage',
    value: gibibytes,
    bound: 'be 1 to 5,000 whole gibibytes',
    remedy: 'Write Size.gibibytes(5), for example.',
  });
  problems.require(
    maxProcessingUnits === undefined ||
      (Number.isInteger(maxProcessingUnits) && maxProcessingUnits >= 1_000 && maxProcessingUnits <= 15_000_000),
    {
      code: 'CacheLimitOutOfRange',
      property: 'maxProcessingUnits',
      value: maxProcessingUnits,
      bound: 'be a whole number from 1,000 to 15,000,000',
      remedy: 'Write 5000, for example.',
    },
  );
  problems.throwIfAny();
}
