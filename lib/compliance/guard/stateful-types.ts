import { REPLACEMENT, STATEFUL } from './replacement-table';
import type { LockedResource } from './stateful-lock';

/**
 * Types that hold something which cannot be made again, beside those of which CDK's resource database says so, and why
 * each is here. Reviewed by people; a test takes out what the database has learnt since.
 */
const REVIEWED: Readonly<Record<string, string>> = {
  'AWS::ACMPCA::CertificateAuthority': 'What it issued is trusted through it alone.',
  'AWS::AmazonMQ::Broker': 'It holds messages that nobody has read yet.',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'It holds the backups.',
  'AWS::Cassandra::Table': 'It holds rows.',
  'AWS::CertificateManager::Certificate': 'Another one has to be validated, and whoever pinned this one refuses it.',
  'AWS::CloudTrail::EventDataStore': 'It holds evidence.',
  'AWS::Cognito::IdentityPool': 'Identities of people are known by its id.',
  'AWS::DSQL::Cluster': 'It is a database.',
  'AWS::DocDBElastic::Cluster': 'It is a database.',
  'AWS::ECR::Repository': 'It holds the images that run, and those to go back to.',
  'AWS::ElastiCache::ServerlessCache': 'It holds sessions and carts.',
  'AWS::KMS::ReplicaKey': 'Copies in another Region are read with it.',
  'AWS::Lightsail::Bucket': 'It holds objects.',
  'AWS::Lightsail::Database': 'It is a database.',
  'AWS::Lightsail::Disk': 'It holds files.',
  'AWS::MSK::Cluster': 'It holds messages that nobody has read yet.',
  'AWS::MemoryDB::Cluster': 'It is a database.',
  'AWS::NeptuneGraph::Graph': 'It is a database.',
  'AWS::OpenSearchServerless::Collection': 'It holds documents.',
  'AWS::RDS::DBSubnetGroup': 'A database stands in its subnets; they cannot be taken away from under it.',
  'AWS::RDS::GlobalCluster': 'Databases of several Regions follow each other through it.',
  'AWS::RedshiftServerless::Namespace': 'It is a database.',
  'AWS::Route53::HostedZone': 'Whoever the zone is delegated by knows its name servers; another one has others.',
  'AWS::S3Express::DirectoryBucket': 'It holds objects.',
  'AWS::S3Tables::Table': 'It holds rows.',
  'AWS::S3Tables::TableBucket': 'It holds tables.',
  'AWS::Timestream::Table': 'It holds rows.',
};

/**
 * Of these, what the template does not retain is left out: passwords that can be made again, logs that are no evidence,
 * queues that are empty most of the time, a certificate for which another one is issued, and an instance of a cluster,
 * which holds the data.
 */
const ONLY_WHERE_RETAINED: ReadonlySet<string> = new Set([
  'AWS::CertificateManager::Certificate',
  'AWS::DocDB::DBInstance',
  'AWS::Logs::LogGroup',
  'AWS::Neptune::DBInstance',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** Of which the database says that it holds state. What a nested stack holds is recorded by itself. */
const NOT_BY_ITSELF: ReadonlySet<string> = new Set(['AWS::CloudFormation::Stack']);

/** Properties that the database lets change, and what stands on them does not. */
const STANDS_ON: Readonly<Record<string, string>> = { 'AWS::RDS::DBSubnetGroup': 'SubnetIds?' };

/** The reviewed types. */
export const REVIEWED_TYPES: readonly string[] = Object.keys(REVIEWED);

/** Types that stateful resources stand on, beside those of which the database knows that. */
export const GROUND_TYPES: readonly string[] = [
  'AWS::DocDB::DBSubnetGroup',
  'AWS::EC2::SecurityGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::MemoryDB::SubnetGroup',
  'AWS::Neptune::DBSubnetGroup',
  'AWS::RDS::DBClusterParameterGroup',
];

const RECORDED: ReadonlySet<string> = new Set([...STATEFUL, ...REVIEWED_TYPES]);

/** Whether resources of `type` may be such that must not be lost. */
export function isRecordedType(type: string): boolean {
  return RECORDED.has(type) && !NOT_BY_ITSELF.has(type);
}

/** Whether a resource is one that must not be lost. */
export function isRecorded({ type, properties, deletionPolicy }: LockedResource): boolean {
  const isMember = type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier !== undefined;
  const asRetained = isMember || ONLY_WHERE_RETAINED.has(type);
  return isRecordedType(type) && (deletionPolicy !== 'Delete' || !asRetained);
}

/** A property that decides whether a resource stays what it is. */
export interface DecidingProperty {
  /** Path in the resource's properties: `KmsKeyId`, `LustreConfiguration.DeploymentType`. */
  readonly path: string;
  /** What a change of it does. */
  readonly effect: 'replaces' | 'may-replace' | 'protects';
}

/** The properties that decide whether a resource of `type` stays what it is; nothing for a type nobody knows. */
export function decidingProperties(type: string): readonly DecidingProperty[] | undefined {
  const known = Object.hasOwn(REPLACEMENT, type) ? REPLACEMENT[type] : undefined;
  return known === undefined
    ? undefined
    : [...known.split(' '), STANDS_ON[type] ?? ''].filter((word) => word !== '').map(decidingProperty);
}

function decidingProperty(word: string): DecidingProperty {
  const effects = { '?': 'may-replace', '!': 'protects' } as const;
  const mark = word.at(-1);
  return mark === '?' || mark === '!'
    ? { path: word.slice(0, -1), effect: effects[mark] }
    : { path: word, effect: 'replaces' };
}
