import { byUse, charge, fixed, times, unknown, type Charge, type Estimates } from '../charge';
import { HOURS_A_MONTH } from '../price';
import { priceNamed } from '../price-list';
import { at, numberOf, ofType, refersTo, type StackResources, type TemplateResource } from '../template';
import { ASSUMPTIONS, type Traffic } from '../traffic';

/** The fewest capacity units that a proxy is charged for. */
const LEAST_OF_PROXY = 8;

/** What data costs: databases, caches, files, keys, secrets. */
export const DATA: Estimates = {
  'AWS::KMS::Key': () => [
    { what: 'keys', price: 'key', units: 1 },
    byUse('keys', 'keyRequests', 'as often as something is encrypted; most services keep data keys for minutes'),
  ],
  'AWS::KMS::ReplicaKey': fixed('keys', 'key'),
  'AWS::SecretsManager::Secret': () => [
    { what: 'secrets', price: 'secret', units: 1 },
    byUse('secrets', 'secretRequests', 'as often as tasks start and secrets are rotated'),
  ],
  'AWS::RDS::DBCluster': cluster,
  'AWS::RDS::DBInstance': instance,
  'AWS::RDS::DBProxy': () => [
    { what: 'database proxy', price: 'databaseProxy', units: LEAST_OF_PROXY * HOURS_A_MONTH },
  ],
  'AWS::ElastiCache::ReplicationGroup': cacheNodes,
  'AWS::ElastiCache::ServerlessCache': () => [
    { what: 'cache', price: 'serverlessCache', units: 1 },
    byUse('snapshots of the cache', 'cacheSnapshotGigabyte', 'as much as it holds'),
  ],
  'AWS::S3::Bucket': () => [
    byUse('buckets', 'bucketGigabyte', 'what is in it besides logs: pictures, uploads, exports'),
  ],
  'AWS::EFS::FileSystem': () => [byUse('file systems', 'fileGigabyte', 'what is in it')],
  'AWS::Backup::BackupVault': () => [byUse('backups', 'backupGigabyte', 'what it holds')],
  'AWS::Backup::LogicallyAirGappedBackupVault': () => [byUse('backups', 'backupGigabyte', 'what it holds')],
  'AWS::Backup::RestoreTestingSelection': ({ properties }) => [
    properties.ProtectedResourceType === 'S3'
      ? byUse('restore tests of buckets', 'bucketGigabyte', 'a copy of what is in them for a day or two, once a test')
      : byUse('restore tests', 'databaseCapacity', 'an hour or two of the smallest instance, once a test'),
  ],
  'AWS::DynamoDB::Table': () => [byUse('tables', 'tableWrites', 'as often as it is written')],
  'AWS::DynamoDB::GlobalTable': () => [byUse('tables', 'tableWrites', 'as often as it is written')],
};

function cluster({ properties }: TemplateResource, _: StackResources, traffic: Traffic): Charge[] {
  if (!isAurora(properties.Engine)) {
    return [unknown('database', 'there is no price for a cluster of this engine')];
  }
  if (properties.StorageType !== undefined && properties.StorageType !== 'aurora') {
    return [unknown('database', 'there is no price for its type of storage')];
  }
  const managed = properties.ManageMasterUserPassword === true;
  const requests = (traffic.originRequests * ASSUMPTIONS.inputOutputARequest.value) / 1e6;
  return [
    ...(managed ? [charge('secrets', 'secret', 1)] : []),
    charge('storage of the database', 'auroraGigabyte', traffic.gigabytesOfDatabase),
    charge('storage of the database', 'auroraRequests', requests),
    byUse('backups of the database', 'auroraSnapshotGigabyte', 'what changed within the days that backups are kept'),
  ];
}

function isAurora(engine: unknown): boolean {
  return typeof engine === 'string' && engine.startsWith('aurora');
}

function instance(resource: TemplateResource, stack: StackResources, traffic: Traffic): Charge[] {
  const {
    DBInstanceClass: instanceClass,
    DBClusterIdentifier,
    Engine,
    MultiAZ,
    AllocatedStorage,
  } = resource.properties;
  if (instanceClass === 'db.serverless') {
    const found = ofType(stack, 'AWS::RDS::DBCluster').find((other) => refersTo(DBClusterIdentifier, other));
    const units = charge('database', 'databaseCapacity', capacityOf(resource, found, traffic));
    return leastOf(found) === 0 ? [units, WHILE_AWAKE] : [units];
  }
  const price = priceNamed(`${isAurora(Engine) ? 'aurora' : String(Engine)} ${String(instanceClass)}`);
  if (price === undefined) {
    return [unknown('database', `there is no price for ${spelled(instanceClass)}`)];
  }
  const copies = MultiAZ === true ? 2 : 1;
  const gigabytes = DBClusterIdentifier === undefined ? numberOf(AllocatedStorage, 0) : 0;
  return [
    charge('database', price, copies * HOURS_A_MONTH),
    charge('storage of the database', 'rdsGigabyte', times(gigabytes, copies)),
  ];
}

/** What nothing is counted for, and AWS counts. */
const WHILE_AWAKE = byUse(
  'database',
  'databaseCapacity',
  'half a unit or more while something is connected: a shop that runs, or the heartbeats of its restore tests, lets it never pause',
);

function leastOf(cluster: TemplateResource | undefined): number | undefined {
  return cluster && numberOf(at(cluster.properties.ServerlessV2ScalingConfiguration, 'MinCapacity'), 0.5);
}

/**
 * Capacity units times hours of a month. The least that the cluster keeps, all month; in busy hours what the requests
 * take, of the writer alone, and never more than the cluster may have.
 */
function capacityOf(
  writerOrReader: TemplateResource,
  cluster: TemplateResource | undefined,
  { busyRate, busyHours }: Traffic,
): number | undefined {
  const scaling = cluster?.properties.ServerlessV2ScalingConfiguration;
  const least = leastOf(cluster);
  const most = cluster && numberOf(at(scaling, 'MaxCapacity'), Infinity);
  if (least === undefined || most === undefined) {
    return undefined;
  }
  const isReader = (numberOf(writerOrReader.properties.PromotionTier, 0) ?? 0) > 0;
  const wanted = isReader ? 0 : Math.min(most, busyRate / ASSUMPTIONS.requestsACapacityUnit.value);
  return least * HOURS_A_MONTH + Math.max(0, wanted - least) * busyHours;
}

function cacheNodes({ properties }: TemplateResource): Charge[] {
  const { CacheNodeType, Engine = 'redis', NumNodeGroups, ReplicasPerNodeGroup, NumCacheClusters } = properties;
  const price = priceNamed(`${String(Engine)} ${String(CacheNodeType)}`);
  const replicas = numberOf(ReplicasPerNodeGroup, 0);
  const inGroups = times(numberOf(NumNodeGroups, 1), replicas === undefined ? undefined : 1 + replicas);
  const nodes = NumCacheClusters === undefined ? inGroups : numberOf(NumCacheClusters, 1);
  return [
    price === undefined
      ? unknown('cache', `there is no price for ${spelled(CacheNodeType)}`)
      : charge('cache', price, times(nodes, HOURS_A_MONTH)),
    byUse('snapshots of the cache', 'cacheSnapshotGigabyte', 'as much as it holds, for each beyond the newest'),
  ];
}

function spelled(name: unknown): string {
  return typeof name === 'string' ? name : 'a class that the template leaves to a parameter or another stack';
}
