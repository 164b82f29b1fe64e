import type { PlacedResource } from '../store-assembly';
import { textOf } from '../template-text';
import type { Named } from './kept-type';

/** Where the templates of some types give the name that commands ask for. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'BackupVaultName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::NetworkFirewall::Firewall': 'FirewallName',
  'AWS::ElastiCache::ServerlessCache': 'ServerlessCacheName',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
};

/** How commands call `resource`: by its name where the template gives one, else by a shell variable. */
export function namedOf({ type, logicalId, properties, stack }: PlacedResource): Named {
  const property = NAME_PROPERTIES[type];
  const literal = property === undefined ? undefined : textOf(properties[property], stack);
  const variable = `"$${variableOf(logicalId, stack)}"`;
  return { name: literal ?? variable, region: stack.region, properties };
}

/** A shell function that asks CloudFormation for the physical name of a resource: `named <region> <stack> <logical id>`. */
export const NAMED =
  'named() { aws cloudformation describe-stack-resource --region "$1" --stack-name "$2" --logical-resource-id "$3" ' +
  '--query StackResourceDetail.PhysicalResourceId --output text; }';

/** The command that keeps the name of `resource` while its stack can tell it; none where the template does. */
export function lookUp(resource: PlacedResource): string[] {
  const { logicalId, stack } = resource;
  return namedOf(resource).name.startsWith('"$')
    ? [`${variableOf(logicalId, stack)}=$(named ${stack.region} ${stack.name} ${logicalId})`]
    : [];
}

/** Two stacks may call something alike. */
function variableOf(logicalId: string, { id, part = id }: PlacedResource['stack']): string {
  return `${part}_${logicalId}`;
}
