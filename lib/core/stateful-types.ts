/** Types of which each resource holds what nobody can make again: data, or the key to it. */
const STATEFUL = new Set([
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::Cognito::UserPool',
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
]);

/** Whether a resource of this type holds what nobody can make again. */
export function isStateful(type: string): boolean {
  return STATEFUL.has(type);
}

/** The types, for a rule to apply to. */
export const STATEFUL_TYPES: readonly string[] = [...STATEFUL];
