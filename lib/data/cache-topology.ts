import type { CfnResource } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { INetwork } from '../network/network-ref';
import { checkReplicatedCache, ReplicatedCache, type ReplicatedCacheOptions } from './replicated-cache';
import { checkServerlessCache, ServerlessCache, type ServerlessCacheOptions } from './serverless-cache';

/** What a topology builds on. */
export interface CacheFoundation {
  /** Whose data zone it stands in. */
  readonly network: INetwork;
  /** Who may reach it. */
  readonly securityGroup: ISecurityGroup;
  /** Key for what it writes to disk. */
  readonly key: IKey;
  /** Who may log in. */
  readonly userGroupId: string;
  /** When AWS may patch, unless the topology says. @default - an hour that AWS chooses */
  readonly maintenanceWindow?: string;
  /** @default - no alarms */
  readonly alerts?: IAlertTopics;
}

/** Where a cache answers, and what IAM calls it. */
export interface CacheEndpoint {
  /** Host name of the node that takes writes. */
  readonly host: string;
  /** Port with TLS. */
  readonly port: number;
  /** Name: part of the token of a user that logs in by IAM. */
  readonly cacheName: string;
  /** ARN that IAM asks for when a user connects. */
  readonly cacheArn: string;
  /** The cache itself. */
  readonly resource: CfnResource;
}

/** Which machines a `SessionCache` runs on. */
export class CacheTopology {
  /**
   * A primary node and replicas in other zones, one of which takes over within a minute when the primary fails. One
   * address, one keyspace: any client can speak to it, and queues work.
   *
   * Costs about 19 USD a month with two nodes of the default size (us-east-1).
   *
   * @param options size and number of the nodes
   * @throws BaselineError `CacheReplicasOutOfRange`, `CacheVersionInvalid`, `CacheWindowInvalid`
   */
  public static replicated(options: ReplicatedCacheOptions = {}): CacheTopology {
    checkReplicatedCache(options);
    return new CacheTopology(
      (scope, foundation) => new ReplicatedCache(scope, 'Replicated', { ...foundation, options }),
    );
  }

  /**
   * No nodes to size: it grows and shrinks with use. Always in cluster mode, which plain clients do not speak, and
   * which queues (BullMQ) can use only with hash tags in their key prefix.
   *
   * Costs about 6 USD a month at least (us-east-1), and as much as it is used above that: give limits.
   *
   * @param options limits
   * @throws BaselineError `CacheLimitOutOfRange`
   */
  public static serverless(options: ServerlessCacheOptions = {}): CacheTopology {
    checkServerlessCache(options);
    return new CacheTopology(
      (scope, foundation) => new ServerlessCache(scope, 'Serverless', { ...foundation, options }),
    );
  }

  private constructor(
    /** @internal */
    public readonly _create: (scope: Construct, foundation: CacheFoundation) => CacheEndpoint,
  ) {}
}
