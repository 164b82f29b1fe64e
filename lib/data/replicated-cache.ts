import { ArnFormat, Duration, Fn, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { disposalOf } from '../core/disposal';
import { Problems } from '../core/errors';
import { pinLogicalId } from '../core/stateful';
import type { CacheEndpoint, CacheFoundation } from './cache-topology';

/** What a full cache gives up. */
export enum CacheEviction {
  /** The keys that expire, the one not used for longest first: sessions and cached answers, not the jobs of a queue. */
  EXPIRING_KEYS = 'volatile-lru',
  /** Any key, the one not used for longest first: for a cache that holds nothing else than can be computed again. */
  ANY_KEY = 'allkeys-lru',
  /** Nothing: writing fails. For a cache that holds nothing but queues. */
  NOTHING = 'noeviction',
}

/** Size and number of the nodes of a replicated cache. */
export interface ReplicatedCacheOptions {
  /**
   * Type of each node. Changing it moves the data to new nodes, with a short interruption.
   *
   * @default cache.t4g.micro: half a GiB
   */
  readonly nodeType?: string;

  /**
   * Nodes beside the primary: 1 to 5, each in another zone as far as there are zones.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Version of Valkey, with its minor version: `8.2`. Patches are applied in the maintenance window. It cannot go back,
   * so raise it here too when AWS raised it.
   *
   * @default 8.2
   */
  readonly engineVersion?: string;

  /**
   * What a full cache gives up.
   *
   * @default CacheEviction.EXPIRING_KEYS
   */
  readonly eviction?: CacheEviction;

  /**
   * When AWS may patch, in UTC: `sun:03:00-sun:04:00`. At least an hour.
   *
   * @default - an hour that AWS chooses, at night in the Region
   */
  readonly maintenanceWindow?: string;
}

/** Not the default, so that nothing that merely tries 6379 gets an answer; by custom the one with TLS. */
const PORT = 6380;

/** NIST 800-53 and HIPAA packs ask for fifteen days at least; sessions are not worth more. */
const SNAPSHOTS_KEPT = 15;

const MOMENT = '(mon|tue|wed|thu|fri|sat|sun):([01]\\d|2[0-3]):[0-5]\\d';
const WINDOW = new RegExp(`^${MOMENT}-${MOMENT}$`);

/** What a topology builds on, and how. */
export interface ReplicatedCacheProps extends CacheFoundation {
  /** Size and number of the nodes. */
  readonly options: ReplicatedCacheOptions;
}

/** The primary and its replicas of `CacheTopology.replicated`. */
export class ReplicatedCache extends Construct implements CacheEndpoint {
  /** Host name of the node that takes writes. */
  public readonly host: string;
  /** Port with TLS. */
  public readonly port = PORT;
  /** Name: part of the token of a user that logs in by IAM. */
  public readonly cacheName: string;
  /** ARN that IAM asks for when a user connects. */
  public readonly cacheArn: string;
  /** The replication group. */
  public readonly resource: CfnReplicationGroup;

  public constructor(scope: Construct, id: string, props: ReplicatedCacheProps) {
    super(scope, id);
    const { replicas = 1 } = props.options;
    const group = this.createReplicationGroup(replicas, props);
    this.resource = group;
    this.host = group.attrPrimaryEndPointAddress;
    this.cacheName = group.ref;
    this.cacheArn = Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'replicationgroup',
      resourceName: group.ref,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.watch(replicas + 1, props.alerts);
  }

  private createReplicationGroup(replicasPerNodeGroup: number, props: ReplicatedCacheProps): CfnReplicationGroup {
    const { network, securityGroup, key, userGroupId, options } = props;
    const {
      nodeType = 'cache.t4g.micro',
      engineVersion = '8.2',
      maintenanceWindow = props.maintenanceWindow,
    } = options;
    const subnets = new CfnSubnetGroup(this, 'Subnets', {
      description: 'The data zone',
      subnetIds: network.dataSubnets.map(({ subnetId }) => subnetId),
    });
    const parameters = new CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: `valkey${Fn.select(0, Fn.split('.', engineVersion))}`,
      description: 'What a full cache gives up',
      properties: { 'maxmemory-policy': options.eviction ?? CacheEviction.EXPIRING_KEYS },
    });
    const group = new CfnReplicationGroup(this, 'ReplicationGroup', {
      replicationGroupDescription: 'Sessions, queues and cached answers',
      engine: 'valkey',
      engineVersion,
      autoMinorVersionUpgrade: true,
      preferredMaintenanceWindow: maintenanceWindow,
      cacheNodeType: nodeType,
      clusterMode: 'disabled',
      numNodeGroups: 1,
      replicasPerNodeGroup,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      cacheSubnetGroupName: subnets.ref,
      cacheParameterGroupName: parameters.ref,
      securityGroupIds: [securityGroup.securityGroupId],
      port: PORT,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: key.keyArn,
      userGroupIds: [userGroupId],
      snapshotRetentionLimit: SNAPSHOTS_KEPT,
    });
    group.applyRemovalPolicy(disposalOf(this) === undefined ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY);
    pinLogicalId(this.node.scope as Construct, group, 'ReplicationGroup');
    acknowledge(group, {
      rules: ['AwsSolutions-AEC6'],
      because:
        'Every client logs in as a user of its own, whose commands are limited; the token that the rule asks for would ' +
        'give everything to everybody.',
    });
    return group;
  }

  private watch(nodes: number, alerts?: IAlertTopics): void {
    addAlarm(this, 'MemoryAlarm', alerts, {
      urgency: 'notice',
      metric: this.overNodes(nodes, 'MAX', 'DatabaseMemoryUsagePercentage', 'max'),
      threshold: 80,
      evaluationPeriods: 3,
      description:
        'The cache is four fifths full. Once it is full it throws out sessions, and customers have to log in again, or it ' +
        'refuses to write. Choose a larger node type.',
    });
    addAlarm(this, 'CpuAlarm', alerts, {
      urgency: 'notice',
      metric: this.overNodes(nodes, 'MAX', 'EngineCPUUtilization', 'avg'),
      threshold: 90,
      evaluationPeriods: 3,
      description: 'The cache answers slowly: its one thread is busy all the time. Choose a faster node type.',
    });
    addAlarm(this, 'RefusedAlarm', alerts, {
      urgency: 'notice',
      metric: this.overNodes(nodes, 'SUM', 'AuthenticationFailures', 'sum'),
      threshold: 10,
      evaluationPeriods: 1,
      description: REFUSED_LOGINS,
    });
  }

  private overNodes(nodes: number, how: 'MAX' | 'SUM', metricName: string, statistic: string): IMetric {
    const names = Array.from({ length: nodes }, (_, index) => `node${index + 1}`);
    const metricOf = (index: number): Metric =>
      new Metric({
        namespace: 'AWS/ElastiCache',
        metricName,
        dimensionsMap: { CacheClusterId: `${this.cacheName}-00${index + 1}` },
        statistic,
      });
    return new MathExpression({
      expression: `${how}([${names.join(', ')}])`,
      label: metricName,
      usingMetrics: Object.fromEntries(names.map((name, index) => [name, metricOf(index)])),
      period: Duration.minutes(5),
    });
  }
}

/** What to do about logins that fail, whatever the topology. */
export const REFUSED_LOGINS =
  'Somebody logged in to the cache with a wrong password, ten times in five minutes. Either a service was not deployed ' +
  'again after its password was rotated twice, or somebody is trying passwords.';

/** Refuses what ElastiCache would refuse at deployment. */
export function checkReplicatedCache(options: ReplicatedCacheOptions): void {
  const { nodeType, replicas, engineVersion, maintenanceWindow } = options;
  const problems = new Problems('CacheTopology.replicated');
  const given = (value: unknown): boolean => value !== undefined && !Token.isUnresolved(value);
  problems.require(!given(nodeType) || /^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType ?? ''), {
    code: 'CacheNodeTypeInvalid',
    property: 'nodeType',
    value: nodeType,
    bound: 'be a node type of ElastiCache',
    remedy: 'Write cache.t4g.small or cache.m7g.large, for example.',
  });
  problems.require(!given(replicas) || (Number.isInteger(replicas) && replicas! >= 1 && replicas! <= 5), {
    code: 'CacheReplicasOutOfRange',
    property: 'replicas',
    value: replicas,
    bound: 'be a whole number from 1 to 5',
    remedy: 'Leave it out for one: without a replica nobody takes over when the node fails.',
  });
  problems.require(!given(engineVersion) || /^([89]|[1-9]\d)\.\d+$/.test(engineVersion ?? ''), {
    code: 'CacheVersionInvalid',
    property: 'engineVersion',
    value: engineVersion,
    bound: 'be a major and a minor version of Valkey, 8.0 or later',
    remedy: 'Write 8.2, for example; patches come by themselves.',
  });
  problems.require(!given(maintenanceWindow) || WINDOW.test(maintenanceWindow ?? ''), {
    code: 'CacheWindowInvalid',
    property: 'maintenanceWindow',
    value: maintenanceWindow,
    bound: 'be a day and time, a hyphen, a day and time, in UTC',
    remedy: 'Write sun:03:00-sun:04:00, for example.',
  });
  problems.throwIfAny();
}
