import { eachGigabyte, eachMonth, type KeptType, type Named } from './kept-type';

const region = ({ region: where }: Named): string => ` --region ${where}`;

/** A key is not deleted but scheduled to be, thirty days ahead; until then it can be had back. */
function scheduleDeletion(key: Named): string[] {
  return [`aws kms schedule-key-deletion${region(key)} --key-id ${key.name} --pending-window-in-days 30`];
}

const VAULT: KeptType = {
  called: 'vault of backups',
  why: 'Copies outlive what they are of, and AWS Backup deletes no vault that holds one.',
  price: eachGigabyte('backupGigabyte'),
  takeOut: (vault) =>
    `aws backup list-recovery-points-by-backup-vault${region(vault)} --backup-vault-name ${vault.name}   # then start-restore-job`,
  remove: (vault) => [
    `aws backup delete-backup-vault-lock-configuration${region(vault)} --backup-vault-name ${vault.name}   # a compliance lock cannot be lifted: wait until the last copy has expired`,
    `aws backup delete-backup-vault-access-policy${region(vault)} --backup-vault-name ${vault.name}`,
    `aws backup delete-backup-vault${region(vault)} --backup-vault-name ${vault.name}   # once each of its copies has expired or is deleted`,
  ],
};

/** Types of which something may be left, and what to know about each. */
export const KEPT_TYPES: Readonly<Record<string, KeptType>> = {
  'AWS::KMS::Key': {
    called: 'key',
    why: 'Whatever was encrypted with it, backups too, is lost for ever with it.',
    price: eachMonth('key'),
    remove: scheduleDeletion,
  },
  'AWS::Backup::BackupVault': VAULT,
  'AWS::Backup::LogicallyAirGappedBackupVault': VAULT,
  'AWS::KMS::ReplicaKey': {
    called: 'replica of a key',
    why: 'Copies in the off-site Region are read with it.',
    price: eachMonth('key'),
    // Its primary waits for it.
    remove: scheduleDeletion,
  },
  'AWS::S3::Bucket': {
    called: 'bucket',
    why: 'It holds objects; S3 does not delete a bucket that does.',
    price: eachGigabyte('bucketGigabyte'),
    takeOut: (bucket) => `aws s3 sync s3://${bucket.name} ./${bucket.name}${region(bucket)}`,
    remove: (bucket) => [
      `aws s3 rm s3://${bucket.name} --recursive${region(bucket)}   # then its old versions: Empty, in the console; what is locked stays until its day`,
      `aws s3api delete-bucket --bucket ${bucket.name}${region(bucket)}`,
    ],
  },
  'AWS::Logs::LogGroup': {
    called: 'log group',
    why: 'Logs are evidence for a year and more after the shop has closed.',
    price: eachGigabyte('logStorageGigabyte'),
    takeOut: (group) =>
      `aws logs create-export-task${region(group)} --log-group-name ${group.name} --from 0 --to "$(date +%s)000" --destination <bucket>`,
    remove: (group) => [`aws logs delete-log-group${region(group)} --log-group-name ${group.name}`],
  },
  'AWS::SecretsManager::Secret': {
    called: 'secret',
    why: 'What it signed or encrypted cannot be read without it.',
    price: eachMonth('secret'),
    takeOut: (secret) => `aws secretsmanager get-secret-value${region(secret)} --secret-id ${secret.name}`,
    remove: (secret) => [
      `aws secretsmanager delete-secret${region(secret)} --secret-id ${secret.name} --recovery-window-in-days 30`,
    ],
  },
  'AWS::RDS::DBCluster': {
    called: 'database',
    why: 'Customers and orders.',
    price: eachGigabyte('auroraGigabyte'),
    takeOut: (cluster) =>
      `aws rds create-db-cluster-snapshot${region(cluster)} --db-cluster-identifier ${cluster.name} ` +
      `--db-cluster-snapshot-identifier ${cluster.name}-last   # then rds start-export-task to a bucket, as Parquet`,
    remove: (cluster) => [
      `aws rds delete-db-cluster${region(cluster)} --db-cluster-identifier ${cluster.name} ` +
        `--final-db-snapshot-identifier ${cluster.name}-final`,
      `aws rds wait db-cluster-deleted${region(cluster)} --db-cluster-identifier ${cluster.name}`,
    ],
    holdsNetwork: true,
  },
  'AWS::RDS::DBInstance': {
    called: 'database instance',
    why: 'The database answers through it until both are deleted.',
    remove: (instance) => [`aws rds delete-db-instance${region(instance)} --db-instance-identifier ${instance.name}`],
    holdsNetwork: true,
  },
  'AWS::RDS::DBSubnetGroup': {
    called: 'subnet group of the database',
    why: 'The database stands in it.',
    remove: (group) => [`aws rds delete-db-subnet-group${region(group)} --db-subnet-group-name ${group.name}`],
    holdsNetwork: true,
  },
  'AWS::RDS::DBClusterParameterGroup': {
    called: 'parameters of the database',
    why: 'The database runs with them.',
    remove: (group) => [
      `aws rds delete-db-cluster-parameter-group${region(group)} --db-cluster-parameter-group-name ${group.name}`,
    ],
  },
  'AWS::EC2::SecurityGroup': {
    called: 'security group',
    why: 'What stays is reached through it.',
    remove: (group) => [`aws ec2 delete-security-group${region(group)} --group-id ${group.name}`],
    holdsNetwork: true,
  },
  'AWS::ECR::Repository': {
    called: 'image repository',
    why: 'It holds the images that ran.',
    price: eachGigabyte('imageGigabyte'),
    takeOut: (repository) =>
      `docker pull "$(aws ecr describe-repositories${region(repository)} --repository-names ${repository.name} ` +
      `--query 'repositories[0].repositoryUri' --output text):<tag>"`,
    remove: (repository) => [
      `aws ecr delete-repository${region(repository)} --repository-name ${repository.name} --force`,
    ],
  },
  'AWS::EFS::FileSystem': {
    called: 'file system',
    why: 'It holds what was uploaded.',
    price: eachGigabyte('fileGigabyte'),
    takeOut: (files) =>
      `aws backup start-backup-job${region(files)} --backup-vault-name <vault> --iam-role-arn <role> --resource-arn ` +
      `"$(aws efs describe-file-systems${region(files)} --file-system-id ${files.name} --query 'FileSystems[0].FileSystemArn' --output text)"`,
    remove: (files) => [`aws efs delete-file-system${region(files)} --file-system-id ${files.name}`],
  },
  'AWS::CertificateManager::Certificate': {
    called: 'certificate',
    why: 'Something may still show it when its stack changes.',
    remove: (certificate) => [`aws acm delete-certificate${region(certificate)} --certificate-arn ${certificate.name}`],
  },
  'AWS::ElastiCache::ReplicationGroup': {
    called: 'last snapshot of the cache',
    why: 'Sessions and carts; the cache itself goes.',
    price: eachGigabyte('cacheSnapshotGigabyte'),
    remove: (cache) => [
      `aws elasticache describe-snapshots${region(cache)} --replication-group-id ${cache.name}   # then delete-snapshot`,
    ],
  },
  'AWS::ElastiCache::ServerlessCache': {
    called: 'last snapshot of the cache',
    why: 'Sessions and carts; the cache itself goes.',
    price: eachGigabyte('cacheSnapshotGigabyte'),
    remove: (cache) => [
      `aws elasticache describe-serverless-cache-snapshots${region(cache)} --serverless-cache-name ${cache.name}   # then delete-serverless-cache-snapshot`,
    ],
  },
};

/** What to know of a type that nobody wrote anything about. */
export const KEPT_OTHERWISE: KeptType = {
  called: 'resource',
  why: 'Its template retains it.',
  remove: ({ name }) => [`# delete ${name} in the console of its service`],
};
