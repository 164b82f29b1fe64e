/** How a shipped template is broken so that one rule has to object. */
export interface Mutation {
  /** Type of the resource that is changed. */
  readonly type: string;
  /** Where, from the resource: `Properties`, … */
  readonly path: readonly (string | number)[];
  /** The value it gets there; nothing takes the property away. */
  readonly value?: unknown;
  /** Takes every resource of the type away instead. */
  readonly remove?: true;
  /** Only resources in whose JSON this stands. */
  readonly containing?: string;
  /** Where a value that nobody knows is put, when that is not `path`. */
  readonly unknownAt?: readonly (string | number)[];
  /** Why no unknown value makes the rule doubt: what it reads is never a function, or an unknown value is wrong itself. */
  readonly neverInDoubt?: string;
}

const ANY = '0.0.0.0/0';
const ALLOW_ALL = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

const properties = (...path: readonly (string | number)[]): readonly (string | number)[] => ['Properties', ...path];
const set = (type: string, path: readonly (string | number)[], value?: unknown): Mutation => ({
  type,
  path: properties(...path),
  value,
});
/** Without what refers to the resource that is judged. */
const remove = (type: string, ...reference: readonly (string | number)[]): Mutation => ({
  type,
  path: [],
  remove: true,
  unknownAt: properties(...reference),
});
const policy = (type: string, at: string, statement: object = {}): Mutation => ({
  type,
  path: properties(at),
  value: { Statement: [{ ...ALLOW_ALL.Statement[0], ...statement }] },
  unknownAt: properties(at),
});

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const WEB_ACL = 'AWS::WAFv2::WebACL';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';
const PLAN = 'AWS::Backup::BackupPlan';
const BUCKET = 'AWS::S3::Bucket';
const CACHE = 'AWS::ElastiCache::ReplicationGroup';
const FUNCTION = 'AWS::Lambda::Function';
const SECRET = 'AWS::SecretsManager::Secret';
const DEFAULT_BEHAVIOR = ['DistributionConfig', 'DefaultCacheBehavior'] as const;
const CONTAINER = ['ContainerDefinitions', 0] as const;

/** For each rule, how a template that we ship is broken. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'alarm-tells-somebody': set('AWS::CloudWatch::Alarm', ['AlarmActions']),
  'backup-plan-copies-offsite': set(PLAN, ['BackupPlan', 'BackupPlanRule'], [{ RuleName: 'daily' }]),
  'backup-plan-restore-tested': {
    ...set('AWS::Backup::RestoreTestingSelection', ['ProtectedResourceType'], 'Aurora'),
    containing: '"S3"',
    unknownAt: properties('ProtectedResourceType'),
  },
  'backup-retention': set(PLAN, ['BackupPlan', 'BackupPlanRule'], [{ Lifecycle: { DeleteAfterDays: 7 } }]),
  'backup-vault-locked': set('AWS::Backup::BackupVault', ['LockConfiguration']),
  'bucket-access-logs': {
    ...set(BUCKET, ['LoggingConfiguration', 'DestinationBucketName']),
    containing: 'LoggingConfiguration',
  },
  'bucket-encrypted': { ...set(BUCKET, ['BucketEncryption']), containing: 'aws:kms' },
  'bucket-public-access': set(BUCKET, ['PublicAccessBlockConfiguration', 'BlockPublicPolicy'], false),
  'bucket-tls-only': remove('AWS::S3::BucketPolicy', 'Bucket'),
  'bucket-versioned': set(BUCKET, ['VersioningConfiguration', 'Status'], 'Suspended'),
  'cache-encrypted': set(CACHE, ['TransitEncryptionMode'], 'preferred'),
  'cache-login': set(CACHE, ['UserGroupIds']),
  'data-in-backup-plan': {
    ...set('AWS::Backup::BackupSelection', ['BackupSelection', 'Conditions', 'StringEquals', 0, 'ConditionValue'], 'x'),
    unknownAt: properties('BackupSelection', 'Resources'),
  },
  'database-audit-logs': set(CLUSTER, ['EnableCloudwatchLogsExports']),
  'database-backup-retention': set(CLUSTER, ['BackupRetentionPeriod'], 7),
  'database-deletion-protection': set(CLUSTER, ['DeletionProtection'], false),
  'database-encrypted': set(CLUSTER, ['KmsKeyId']),
  'database-extended-support': set(CLUSTER, ['EngineLifecycleSupport'], 'open-source-rds-extended-support'),
  'database-iam-login': set(CLUSTER, ['EnableIAMDatabaseAuthentication'], 'false'),
  'database-isolated': {
    ...set('AWS::EC2::SubnetRouteTableAssociation', ['RouteTableId'], { Ref: 'TableWithRouteOut' }),
    neverInDoubt: 'covered by the table of single cases',
  },
  'database-master-password': {
    ...set(CLUSTER, ['MasterUserPassword'], 'correct horse battery staple'),
    neverInDoubt: 'a parameter that holds the password is wrong itself, or in doubt',
  },
  'database-minor-upgrades': set(INSTANCE, ['AutoMinorVersionUpgrade'], false),
  'database-not-public': set(INSTANCE, ['PubliclyAccessible'], true),
  'database-tls': {
    ...set('AWS::RDS::DBClusterParameterGroup', ['Parameters', 'rds.force_ssl'], '0'),
    containing: 'rds.force_ssl',
  },
  'distribution-access-logs': remove('AWS::Logs::DeliverySource', 'ResourceArn'),
  'distribution-bucket-private': {
    ...set(DISTRIBUTION, ['DistributionConfig', 'Origins', 1, 'OriginAccessControlId']),
    containing: 'OriginAccessControlId',
  },
  'distribution-hsts': set(DISTRIBUTION, [...DEFAULT_BEHAVIOR, 'ResponseHeadersPolicyId']),
  'distribution-https-only': set(DISTRIBUTION, [...DEFAULT_BEHAVIOR, 'ViewerProtocolPolicy'], 'allow-all'),
  'distribution-minimum-tls': set(
    DISTRIBUTION,
    ['DistributionConfig', 'ViewerCertificate', 'MinimumProtocolVersion'],
    'TLSv1.1_2016',
  ),
  'distribution-origin-tls': {
    ...set(DISTRIBUTION, ['DistributionConfig', 'Origins', 0, 'CustomOriginConfig'], {
      OriginProtocolPolicy: 'http-only',
      OriginSSLProtocols: ['TLSv1.2'],
    }),
    unknownAt: properties('DistributionConfig', 'Origins', 0, 'CustomOriginConfig'),
  },
  'distribution-web-acl': set(DISTRIBUTION, ['DistributionConfig', 'WebACLId'], ''),
  'endpoint-policy': set('AWS::EC2::VPCEndpoint', ['PolicyDocument']),
  'envelope-key-replicated': remove('AWS::KMS::ReplicaKey', 'PrimaryKeyArn'),
  'file-system-encrypted': set('AWS::EFS::FileSystem', ['Encrypted'], false),
  'file-system-policy': set('AWS::EFS::FileSystem', ['FileSystemPolicy', 'Statement', 0, 'Effect'], 'Allow'),
  'filter-change-protection': set(
    'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    ['MutationProtection'],
    'DISABLED',
  ),
  'function-failures-kept': set(FUNCTION, ['DeadLetterConfig']),
  'function-log-group': set(FUNCTION, ['LoggingConfig']),
  'function-no-plain-secrets': {
    ...set(FUNCTION, ['Environment', 'Variables'], { SHOP_PASSWORD: 'letmein' }),
    unknownAt: properties('Environment'),
  },
  'function-runtime': set(FUNCTION, ['Runtime'], 'nodejs16.x'),
  'host-patched-on-schedule': set(
    'AWS::SSM::MaintenanceWindowTarget',
    ['Targets'],
    [{ Key: 'tag:PatchGroup', Values: ['another'] }],
  ),
  'iam-no-user': {
    type: 'AWS::IAM::User',
    path: properties('UserName'),
    value: 'deployer',
    neverInDoubt: 'the type says all',
  },
  'image-repository-immutable': set('AWS::ECR::Repository', ['ImageTagMutability'], 'MUTABLE'),
  'image-rollout-scanned': set(
    'AWS::StepFunctions::StateMachine',
    ['DefinitionString'],
    '{"Build":"arn:aws:states:::codebuild:startBuild.sync","Roll out":"arn:aws:states:::aws-sdk:ecs:updateService"}',
  ),
  'image-repository-scanned': set('AWS::ECR::Repository', ['ImageScanningConfiguration', 'ScanOnPush'], false),
  'key-deletion-window': set('AWS::KMS::Key', ['PendingWindowInDays'], 7),
  'key-policy-named': policy('AWS::KMS::Key', 'KeyPolicy'),
  'key-rotation': set('AWS::KMS::Key', ['EnableKeyRotation'], false),
  'listener-tls': set('AWS::ElasticLoadBalancingV2::Listener', ['SslPolicy']),
  'load-balancer-access-logs': set(BALANCER, ['LoadBalancerAttributes']),
  'load-balancer-deletion-protection': set(BALANCER, ['LoadBalancerAttributes']),
  'load-balancer-invalid-headers': set(BALANCER, ['LoadBalancerAttributes']),
  'log-group-encrypted': set('AWS::Logs::LogGroup', ['KmsKeyId']),
  'log-group-retention': set('AWS::Logs::LogGroup', ['RetentionInDays'], 30),
  'mail-dmarc': {
    ...set('AWS::Route53::RecordSet', ['ResourceRecords'], ['"v=DMARC1; p=none"']),
    containing: '_dmarc.',
  },
  'mail-tls': set('AWS::SES::ConfigurationSet', ['DeliveryOptions', 'TlsPolicy'], 'OPTIONAL'),
  'policy-decrypts-named-keys': policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', { Action: 'kms:Decrypt' }),
  'policy-no-administration': policy('AWS::IAM::ManagedPolicy', 'PolicyDocument'),
  'policy-no-whole-service': policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', { Action: 's3:*' }),
  'policy-pass-role': policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', { Action: 'iam:PassRole' }),
  'queue-encrypted': set('AWS::SQS::Queue', ['KmsMasterKeyId'], 'alias/aws/sqs'),
  'queue-tls-only': remove('AWS::SQS::QueuePolicy', 'Queues'),
  'resource-policy-named': policy('AWS::SQS::QueuePolicy', 'PolicyDocument'),
  'role-trust-named': policy('AWS::IAM::Role', 'AssumeRolePolicyDocument'),
  'secret-customer-key': set(SECRET, ['KmsKeyId']),
  'secret-not-in-template': set(SECRET, ['SecretString'], 'letmein'),
  'secret-rotation': remove('AWS::SecretsManager::RotationSchedule', 'SecretId'),
  'security-group-egress': {
    ...set('AWS::EC2::SecurityGroup', ['SecurityGroupEgress'], [{ IpProtocol: '-1', CidrIp: ANY }]),
    unknownAt: properties('SecurityGroupEgress'),
  },
  'security-group-ingress': {
    ...set(
      'AWS::EC2::SecurityGroup',
      ['SecurityGroupIngress'],
      [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: ANY }],
    ),
  },
  'service-access-from-known-source': policy('AWS::S3::BucketPolicy', 'PolicyDocument', {
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
  }),
  'service-no-exec': set(SERVICE, ['EnableExecuteCommand'], true),
  'service-private': set(SERVICE, ['NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp'], 'ENABLED'),
  'service-rollback': set(SERVICE, ['DeploymentConfiguration', 'DeploymentCircuitBreaker', 'Rollback'], false),
  'stateful-retained': {
    type: BUCKET,
    path: ['DeletionPolicy'],
    value: 'Delete',
    neverInDoubt: 'CloudFormation takes no function there',
  },
  'subnet-no-public-addresses': set('AWS::EC2::Subnet', ['MapPublicIpOnLaunch'], true),
  'target-group-tls': set('AWS::ElasticLoadBalancingV2::TargetGroup', ['Protocol'], 'HTTP'),
  'task-image-digest': set(TASK, [...CONTAINER, 'Image'], 'public.ecr.aws/acme/shop:latest'),
  'task-no-capabilities': set(TASK, [...CONTAINER, 'LinuxParameters', 'Capabilities', 'Add'], ['SYS_ADMIN']),
  'task-no-plain-secrets': {
    ...set(TASK, [...CONTAINER, 'Environment'], [{ Name: 'JWT_SECRET', Value: 'letmein' }]),
    unknownAt: properties(...CONTAINER, 'Environment'),
  },
  'task-read-only-root': set(TASK, [...CONTAINER, 'ReadonlyRootFilesystem'], false),
  'task-unprivileged-user': set(TASK, [...CONTAINER, 'User'], '0:0'),
  'task-volume-tls': {
    ...set(TASK, ['Volumes'], [{ Name: 'files', EFSVolumeConfiguration: { TransitEncryption: 'DISABLED' } }]),
    unknownAt: properties('Volumes'),
  },
  'topic-encrypted': set('AWS::SNS::Topic', ['KmsMasterKeyId']),
  'topic-tls-only': remove('AWS::SNS::TopicPolicy', 'Topics'),
  'vpc-default-security-group': remove('Custom::VpcRestrictDefaultSG', 'DefaultSecurityGroupId'),
  'vpc-dns-query-logs': remove('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 'ResourceId'),
  'vpc-filtered-egress': remove('AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId'),
  'vpc-flow-logs': remove('AWS::EC2::FlowLog', 'ResourceId'),
  'vpc-origin-tls': set(
    'AWS::CloudFront::VpcOrigin',
    ['VpcOriginEndpointConfig', 'OriginProtocolPolicy'],
    'match-viewer',
  ),
  'web-acl-blocks': set(WEB_ACL, ['Rules', 0, 'OverrideAction'], { Count: {} }),
  'web-acl-log-redaction': set('AWS::WAFv2::LoggingConfiguration', ['RedactedFields']),
  'web-acl-logs': remove('AWS::WAFv2::LoggingConfiguration', 'ResourceArn'),
  'web-acl-managed-rules': set(WEB_ACL, ['Rules']),
  'web-acl-rate-limit': set(WEB_ACL, ['Rules']),
};
