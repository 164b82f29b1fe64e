import { shopHostsOf, type ShopHosts } from '../preflight/shop-hosts';
import { resourcesOf, type PlacedResource, type StoreAssembly } from '../store-assembly';
import { namedOf } from '../teardown/physical-names';
import { at, textOf } from '../template-text';

/** A cluster of a store, and what follows it from generation to generation. */
export interface DatabaseFacts {
  readonly identifier: string;
  readonly generation: number;
  /** Its identifier in the generation after this. */
  readonly next: string;
  /** What leaves the template with it and is kept: itself, its instances, its logs. As `guard` names them. */
  readonly leaves: readonly string[];
  /** The log in which changes of tables stand. */
  readonly changes?: string;
  /** Alarms about it. */
  readonly alarms: number;
  readonly proxy?: string;
}

/** Where copies are. */
export interface VaultFacts {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Whether it keeps copies where no other service of AWS sees them. */
  readonly isAirGapped: boolean;
}

/** What runbooks name. */
export interface DrillFacts {
  readonly store: StoreAssembly;
  readonly id: string;
  readonly database?: DatabaseFacts;
  /** The vault at home. */
  readonly vault?: VaultFacts;
  /** The vault off site. */
  readonly offsite?: VaultFacts;
  /** Buckets and file systems with data of customers: each by a plan. */
  readonly kept: readonly PlacedResource[];
  /** Whether nothing of it is kept: a rehearsal, which has no backups. */
  readonly isDisposable: boolean;
  /** Keys of the store. */
  readonly keys: readonly PlacedResource[];
  /** The hosts of the shop, and their zone. */
  readonly shop: ShopHosts;
}

const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';

/** The command that asks CloudFormation what `logicalId` is called. */
export function physicalId(region: string, stack: string, logicalId: string): string {
  return (
    `aws cloudformation describe-stack-resource --region ${region} --stack-name ${stack} ` +
    `--logical-resource-id ${logicalId} --query StackResourceDetail.PhysicalResourceId --output text`
  );
}

/** What ARNs in `region` begin with. */
export function arn(region: string): string {
  return `arn:${textOf({ Ref: 'AWS::Partition' }, { account: '', region })}`;
}

/** What `store` holds, from its templates alone. */
export function factsOf(store: StoreAssembly): DrillFacts {
  const resources = resourcesOf(store);
  const of = (...types: string[]): PlacedResource[] => resources.filter(({ type }) => types.includes(type));
  const vaultIn = (part: string): VaultFacts | undefined =>
    of('AWS::Backup::BackupVault', AIR_GAPPED)
      .filter(({ stack }) => stack.part === part)
      .map((vault) => {
        const { account, region } = vault.stack;
        return { name: namedOf(vault).name, account, region, isAirGapped: vault.type === AIR_GAPPED };
      })[0];
  const keys = of('AWS::KMS::Key').filter(({ stack }) => stack.part === 'Foundation');
  return {
    store,
    isDisposable: keys.every(({ deletionPolicy = '' }) => !deletionPolicy.startsWith('Retain')),
    id: store.name.slice(0, -store.environment.length - 1),
    database: databaseIn(resources),
    vault: vaultIn('Recovery'),
    offsite: vaultIn('OffsiteVault'),
    kept: of('AWS::S3::Bucket', 'AWS::EFS::FileSystem').filter(({ stack }) => stack.part === 'Data'),
    keys,
    shop: shopHostsOf(store),
  };
}

function databaseIn(resources: readonly PlacedResource[]): DatabaseFacts | undefined {
  const cluster = resources.find(({ type, stack }) => type === 'AWS::RDS::DBCluster' && stack.part === 'Data');
  const identifier = cluster && textOf(cluster.properties.DBClusterIdentifier, cluster.stack);
  if (cluster === undefined || identifier === undefined) {
    return undefined;
  }
  const [, base = identifier, digits = '1'] = /^(.*?)(?:-g(\d+))?$/.exec(identifier) ?? [];
  const beside = resources.filter(({ stack }) => stack.id === cluster.stack.id);
  const refersTo = (value: unknown): boolean => at(value, 'Ref') === cluster.logicalId;
  return {
    identifier,
    generation: Number(digits),
    next: `${base}-g${Number(digits) + 1}`,
    leaves: beside
      .filter(
        ({ type, logicalId, properties }) =>
          logicalId === cluster.logicalId ||
          (type === 'AWS::RDS::DBInstance' && refersTo(properties.DBClusterIdentifier)) ||
          (type === 'AWS::Logs::LogGroup' && String(properties.LogGroupName).startsWith(logsOf(identifier))),
      )
      .map(({ logicalId }) => logicalId),
    changes: beside
      .filter(({ type }) => type === 'AWS::Logs::LogGroup')
      .map(({ properties }) => String(properties.LogGroupName))
      .find((log) => [`${logsOf(identifier)}postgresql`, `${logsOf(identifier)}audit`].includes(log)),
    alarms: beside.filter(
      ({ type, properties }) =>
        type === 'AWS::CloudWatch::Alarm' &&
        ((properties.Dimensions ?? []) as unknown[]).some((dimension) => refersTo(at(dimension, 'Value'))),
    ).length,
    proxy: resources
      .filter(({ type }) => type === 'AWS::RDS::DBProxy')
      .map(({ properties }) => String(properties.DBProxyName))[0],
  };
}

/** Where the logs of a cluster are. */
function logsOf(identifier: string): string {
  return `/aws/rds/cluster/${identifier}/`;
}
