// Written by "npm run docs" from CDK's resource database, @aws-cdk/aws-service-spec. Not edited by hand.

/** The release of the database. */
export const DATABASE_RELEASE = '0.1.216';

/** The types of which the database says that they hold state. */
export const STATEFUL: readonly string[] = [
  'AWS::Backup::BackupVault',
  'AWS::CloudFormation::Stack',
  'AWS::Cognito::UserPool',
  'AWS::DocDB::DBCluster',
  'AWS::DocDB::DBInstance',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::EMR::Cluster',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::FileSystem',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::Neptune::DBCluster',
  'AWS::Neptune::DBInstance',
  'AWS::OpenSearchService::Domain',
  'AWS::Organizations::Account',
  'AWS::QLDB::Ledger',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::S3::Bucket',
  'AWS::SDB::Domain',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

/**
 * The properties of each type whose change makes CloudFormation replace a resource. Behind `?`: under conditions. Behind
 * `!`: replaces nothing, but protects the resource against deletion.
 */
export const REPLACEMENT: Readonly<Record<string, string | undefined>> = {
  'AWS::ACMPCA::CertificateAuthority':
    'CsrExtensions KeyAlgorithm KeyStorageSecurityStandard SigningAlgorithm Subject Type UsageMode',
  'AWS::AmazonMQ::Broker':
    'AuthenticationStrategy BrokerName DeploymentMode EncryptionOptions EngineType PubliclyAccessible StorageType SubnetIds',
  'AWS::Backup::BackupVault': 'BackupVaultName EncryptionKeyArn',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'BackupVaultName EncryptionKeyArn MaxRetentionDays MinRetentionDays',
  'AWS::Cassandra::Table':
    'ClientSideTimestampsEnabled ClusteringKeyColumns KeyspaceName PartitionKeyColumns TableName',
  'AWS::CertificateManager::Certificate':
    'CertificateAuthorityArn CertificateExport DomainName DomainValidationOptions KeyAlgorithm SubjectAlternativeNames ValidationMethod',
  'AWS::CloudFormation::Stack': '',
  'AWS::CloudTrail::EventDataStore': '',
  'AWS::Cognito::IdentityPool': '',
  'AWS::Cognito::UserPool': 'DeletionProtection!',
  'AWS::DSQL::Cluster': 'DeletionProtectionEnabled!',
  'AWS::DocDB::DBCluster':
    'AvailabilityZones DBClusterIdentifier DBSubnetGroupName DeletionProtection! EngineVersion KmsKeyId MasterUsername SnapshotIdentifier SourceDBClusterIdentifier StorageEncrypted',
  'AWS::DocDB::DBInstance': 'AvailabilityZone DBClusterIdentifier DBInstanceIdentifier',
  'AWS::DocDB::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::DocDBElastic::Cluster': 'AdminUserName AuthType ClusterName KmsKeyId',
  'AWS::DynamoDB::GlobalTable': 'KeySchema LocalSecondaryIndexes TableName',
  'AWS::DynamoDB::Table': 'DeletionProtectionEnabled! ImportSourceSpecification KeySchema TableName',
  'AWS::EC2::SecurityGroup': 'GroupDescription GroupName VpcId',
  'AWS::EC2::Subnet':
    'AvailabilityZone AvailabilityZoneId CidrBlock Ipv4IpamPoolId Ipv4NetmaskLength Ipv6CidrBlock? Ipv6IpamPoolId Ipv6Native Ipv6NetmaskLength OutpostArn VpcId',
  'AWS::EC2::VPC': 'CidrBlock InstanceTenancy? Ipv4IpamPoolId Ipv4NetmaskLength VpcEncryptionControl',
  'AWS::EC2::Volume': '',
  'AWS::ECR::Repository': 'EncryptionConfiguration RepositoryName',
  'AWS::EFS::FileSystem': 'AvailabilityZoneName Encrypted KmsKeyId PerformanceMode',
  'AWS::EMR::Cluster':
    'AdditionalInfo Applications AutoScalingRole BootstrapActions Configurations CustomAmiId EbsRootVolumeIops EbsRootVolumeSize EbsRootVolumeThroughput Instances? JobFlowRole KerberosAttributes LogEncryptionKmsKeyId LogUri Name OSReleaseLabel PlacementGroupConfigs ReleaseLabel ScaleDownBehavior SecurityConfiguration ServiceRole Steps',
  'AWS::ElastiCache::CacheCluster':
    'AZMode? CacheSubnetGroupName ClusterName Engine NetworkType NumCacheNodes? Port PreferredAvailabilityZone? PreferredAvailabilityZones? SnapshotArns SnapshotName',
  'AWS::ElastiCache::ReplicationGroup':
    'AtRestEncryptionEnabled AuthToken? CacheSubnetGroupName DataTieringEnabled Engine GlobalReplicationGroupId KmsKeyId NetworkType NodeGroupConfiguration? NumNodeGroups? Port PreferredCacheClusterAZs ReplicasPerNodeGroup ReplicationGroupId SnapshotArns SnapshotName',
  'AWS::ElastiCache::ServerlessCache': 'KmsKeyId NetworkType ServerlessCacheName SnapshotArnsToRestore SubnetIds',
  'AWS::ElastiCache::SubnetGroup': 'CacheSubnetGroupName',
  'AWS::Elasticsearch::Domain':
    'AdvancedSecurityOptions? DomainName ElasticsearchVersion? EncryptionAtRestOptions? NodeToNodeEncryptionOptions?',
  'AWS::FSx::FileSystem':
    'BackupId FileSystemType FileSystemTypeVersion KmsKeyId LustreConfiguration.CopyTagsToBackups LustreConfiguration.DeploymentType LustreConfiguration.DriveCacheType LustreConfiguration.ExportPath LustreConfiguration.ImportPath LustreConfiguration.ImportedFileChunkSize LustreConfiguration.PerUnitStorageThroughput OntapConfiguration.DeploymentType OntapConfiguration.EndpointIpAddressRange OntapConfiguration.PreferredSubnetId OpenZFSConfiguration.DeploymentType OpenZFSConfiguration.EndpointIpAddressRange OpenZFSConfiguration.PreferredSubnetId OpenZFSConfiguration.RootVolumeConfiguration.CopyTagsToSnapshots OpenZFSConfiguration.RootVolumeConfiguration.DataCompressionType OpenZFSConfiguration.RootVolumeConfiguration.NfsExports OpenZFSConfiguration.RootVolumeConfiguration.ReadOnly OpenZFSConfiguration.RootVolumeConfiguration.RecordSizeKiB OpenZFSConfiguration.RootVolumeConfiguration.UserAndGroupQuotas SecurityGroupIds SubnetIds WindowsConfiguration.ActiveDirectoryId WindowsConfiguration.CopyTagsToBackups WindowsConfiguration.DeploymentType WindowsConfiguration.PreferredSubnetId WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.DomainName WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.FileSystemAdministratorsGroup WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.OrganizationalUnitDistinguishedName',
  'AWS::IAM::Role': 'Path RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::KMS::Key': '',
  'AWS::KMS::ReplicaKey': 'PrimaryKeyArn',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::Lambda::Function': 'FunctionName PackageType TenancyConfig',
  'AWS::Lightsail::Bucket': 'BucketName',
  'AWS::Lightsail::Database':
    'AvailabilityZone MasterDatabaseName MasterUsername RelationalDatabaseBlueprintId RelationalDatabaseBundleId RelationalDatabaseName',
  'AWS::Lightsail::Disk': 'AvailabilityZone DiskName SizeInGb',
  'AWS::Logs::LogGroup': 'DeletionProtectionEnabled! LogGroupName',
  'AWS::MSK::Cluster':
    'BrokerNodeGroupInfo.BrokerAZDistribution BrokerNodeGroupInfo.ClientSubnets BrokerNodeGroupInfo.SecurityGroups ClusterName EncryptionInfo.EncryptionAtRest EncryptionInfo.EncryptionInTransit.InCluster',
  'AWS::MemoryDB::Cluster':
    'ClusterName DataTiering KmsKeyId MultiRegionClusterName NetworkType Port SnapshotArns SnapshotName SubnetGroupName TLSEnabled',
  'AWS::MemoryDB::SubnetGroup': 'SubnetGroupName',
  'AWS::Neptune::DBCluster':
    'AvailabilityZones DBClusterIdentifier DBSubnetGroupName DeletionProtection! GlobalClusterIdentifier KmsKeyId RestoreToTime RestoreType SnapshotIdentifier SourceDBClusterIdentifier StorageEncrypted UseLatestRestorableTime',
  'AWS::Neptune::DBInstance':
    'AvailabilityZone DBClusterIdentifier DBInstanceIdentifier DBSnapshotIdentifier DBSubnetGroupName',
  'AWS::Neptune::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::NeptuneGraph::Graph':
    'DeletionProtection! GraphName ImportTask KmsKeyIdentifier ReplicaCount VectorSearchConfiguration',
  'AWS::OpenSearchServerless::Collection':
    'CollectionGroupName DeletionProtection! EncryptionConfig Name StandbyReplicas Tags Type',
  'AWS::OpenSearchService::Domain': 'DomainName EngineMode',
  'AWS::Organizations::Account': '',
  'AWS::QLDB::Ledger': 'DeletionProtection! Name',
  'AWS::RDS::DBCluster':
    'AvailabilityZones ClusterScalabilityType DBClusterIdentifier DBSubnetGroupName DBSystemId DatabaseName DeletionProtection! Engine? EngineMode GlobalClusterIdentifier? KmsKeyId MasterUsername? PubliclyAccessible RestoreToTime RestoreType SnapshotIdentifier SourceDBClusterIdentifier SourceDbClusterResourceId SourceRegion StorageEncrypted UseLatestRestorableTime',
  'AWS::RDS::DBClusterParameterGroup': 'DBClusterParameterGroupName Description Family',
  'AWS::RDS::DBInstance':
    'AutoMinorVersionUpgrade? AvailabilityZone? BackupRetentionPeriod? BackupTarget CharacterSetName CustomIAMInstanceProfile DBClusterIdentifier DBClusterSnapshotIdentifier? DBInstanceIdentifier DBName DBParameterGroupName? DBSnapshotIdentifier? DBSubnetGroupName DBSystemId DeletionProtection! Engine? KmsKeyId MasterUsername MultiAZ? NcharCharacterSetName PerformanceInsightsKMSKeyId? Port PreferredMaintenanceWindow? RestoreTime? SourceDBClusterIdentifier? SourceDBInstanceAutomatedBackupsArn? SourceDBInstanceIdentifier? SourceDbiResourceId? SourceRegion StorageEncrypted StorageType? Timezone UseLatestRestorableTime?',
  'AWS::RDS::DBParameterGroup': 'DBParameterGroupName Description Family',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::RDS::GlobalCluster':
    'DeletionProtection! Engine GlobalClusterIdentifier SourceDBClusterIdentifier StorageEncrypted',
  'AWS::Redshift::Cluster':
    'ClusterIdentifier ClusterSubnetGroupName DBName MasterUsername OwnerAccount SnapshotClusterIdentifier SnapshotIdentifier',
  'AWS::Redshift::ClusterSubnetGroup': '',
  'AWS::RedshiftServerless::Namespace': 'NamespaceName Tags',
  'AWS::Route53::HostedZone': 'Name',
  'AWS::S3::Bucket': 'BucketName BucketNamePrefix BucketNamespace ObjectLockEnabled',
  'AWS::S3Express::DirectoryBucket': 'BucketName DataRedundancy LocationName',
  'AWS::S3Tables::Table': 'IcebergMetadata OpenTableFormat StorageClassConfiguration TableBucketARN WithoutMetadata',
  'AWS::S3Tables::TableBucket': 'TableBucketName',
  'AWS::SDB::Domain': '',
  'AWS::SQS::Queue': 'FifoQueue QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Timestream::Database': 'DatabaseName',
  'AWS::Timestream::Table': 'DatabaseName TableName',
};
