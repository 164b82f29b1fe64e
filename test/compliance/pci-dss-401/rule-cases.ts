/** Properties of a resource, and what stands beside it in the template. */
export interface RuleCase {
  readonly type: string;
  /** The rule is content with each of these. */
  readonly content: readonly object[];
  /** It objects to each of these. */
  readonly wrong: readonly object[];
  /** Where a value that only the deployment knows leaves it without an answer. */
  readonly unknownAt: readonly (string | number)[];
  /** It has nothing to say about these. */
  readonly silent?: readonly object[];
  readonly beside?: Readonly<Record<string, object>>;
}

const ENCRYPTED = {
  content: [{ Encrypted: true }, { Encrypted: 'true' }],
  wrong: [{}, { Encrypted: false }],
  unknownAt: ['Encrypted'],
};
const POOL = { MinimumLength: 12, RequireNumbers: true, RequireLowercase: true, PasswordHistorySize: 4 };
const SOME_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';

function named(type: string, ...path: readonly string[]): RuleCase {
  const of = (value: unknown): object => path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
  return { type, content: [of(SOME_KEY)], wrong: [{}], unknownAt: path };
}

/** For each rule that the control catalogue does not have: properties that it likes, dislikes, and cannot judge. */
export const RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'analytics-cluster-authenticates': named('AWS::EMR::Cluster', 'KerberosAttributes'),
  'api-access-logging': {
    type: 'AWS::ApiGatewayV2::Stage',
    content: [{ AccessLogSettings: { DestinationArn: 'arn' } }],
    wrong: [{}, { AccessLogSettings: {} }],
    unknownAt: ['AccessLogSettings'],
  },
  'api-domain-minimum-tls': {
    type: 'AWS::ApiGateway::DomainName',
    content: [{ SecurityPolicy: 'TLS_1_2' }, { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }],
    wrong: [{}, { SecurityPolicy: 'TLS_1_0' }],
    unknownAt: ['SecurityPolicy'],
  },
  'api-method-authorized': {
    type: 'AWS::ApiGateway::Method',
    content: [{ HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' }],
    wrong: [{ HttpMethod: 'GET' }, { HttpMethod: 'POST', AuthorizationType: 'NONE' }],
    silent: [{ HttpMethod: 'OPTIONS', AuthorizationType: 'NONE' }],
    unknownAt: ['AuthorizationType'],
  },
  'backup-vault-encrypted': named('AWS::Backup::BackupVault', 'EncryptionKeyArn'),
  'build-environment-without-credentials': {
    type: 'AWS::CodeBuild::Project',
    content: [
      { Environment: { EnvironmentVariables: [{ Name: 'STAGE', Value: 'x' }] } },
      {
        Environment: { EnvironmentVariables: [{ Name: 'AWS_SECRET_ACCESS_KEY', Type: 'SECRETS_MANAGER', Value: 'x' }] },
      },
    ],
    wrong: [{ Environment: { EnvironmentVariables: [{ Name: 'AWS_SECRET_ACCESS_KEY', Value: 'x' }] } }],
    unknownAt: ['Environment', 'EnvironmentVariables', 0, 'Name'],
  },
  'build-source-without-token': {
    type: 'AWS::CodeBuild::Project',
    content: [{ Source: { Location: 'https://github.com/acme/shop' } }, {}],
    wrong: [{ Source: { Location: 'https://token@github.com/acme/shop' } }],
    unknownAt: ['Source', 'Location'],
  },
  'cache-minor-upgrades': {
    type: 'AWS::ElastiCache::ReplicationGroup',
    content: [{ AutoMinorVersionUpgrade: true }, {}],
    wrong: [{ AutoMinorVersionUpgrade: false }],
    unknownAt: ['AutoMinorVersionUpgrade'],
  },
  'classic-load-balancer-tls': {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    content: [
      { Listeners: [{ Protocol: 'https', InstanceProtocol: 'HTTPS', SSLCertificateId: { Ref: 'Certificate' } }] },
      { Listeners: [{ Protocol: 'ssl', SSLCertificateId: 'arn:aws:acm:eu-central-1:1:certificate/1' }] },
    ],
    wrong: [
      { Listeners: [{ Protocol: 'http' }] },
      { Listeners: [{ Protocol: 'https', InstanceProtocol: 'http', SSLCertificateId: { Ref: 'Certificate' } }] },
      { Listeners: [{ Protocol: 'https', SSLCertificateId: 'arn:aws:iam::1:server-certificate/x' }] },
    ],
    unknownAt: ['Listeners', 0, 'Protocol'],
    beside: { Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: {} } },
  },
  'cluster-endpoint-not-public': {
    type: 'AWS::EKS::Cluster',
    content: [
      { ResourcesVpcConfig: { EndpointPublicAccess: false } },
      { ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs: ['192.0.2.0/24'] } },
    ],
    wrong: [{}, { ResourcesVpcConfig: { PublicAccessCidrs: ['0.0.0.0/0'] } }],
    unknownAt: ['ResourcesVpcConfig', 'EndpointPublicAccess'],
  },
  'cluster-logs': {
    type: 'AWS::EKS::Cluster',
    content: [
      {
        Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }, { Type: 'authenticator' }] } },
      },
    ],
    wrong: [{}, { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }] } } }],
    unknownAt: ['Logging', 'ClusterLogging', 'EnabledTypes'],
  },
  'cluster-secrets-encrypted': {
    type: 'AWS::EKS::Cluster',
    content: [{ EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: SOME_KEY } }] }],
    wrong: [{}],
    unknownAt: ['EncryptionConfig'],
  },
  'detector-enabled': {
    type: 'AWS::GuardDuty::Detector',
    content: [{ Enable: true }],
    wrong: [{ Enable: false }],
    unknownAt: ['Enable'],
  },
  'endpoint-storage-encrypted': named('AWS::SageMaker::EndpointConfig', 'KmsKeyId'),
  'function-not-public': {
    type: 'AWS::Lambda::Permission',
    content: [{ Principal: 'events.amazonaws.com' }, { Principal: '*', PrincipalOrgID: 'o-1' }],
    wrong: [{ Principal: '*' }, { Principal: { AWS: '*' } }],
    unknownAt: ['Principal'],
  },
  'function-url-authenticated': {
    type: 'AWS::Lambda::Url',
    content: [{ AuthType: 'AWS_IAM' }],
    wrong: [{ AuthType: 'NONE' }],
    unknownAt: ['AuthType'],
  },
  'instance-metadata-version-2': {
    type: 'AWS::EC2::LaunchTemplate',
    content: [{ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } }],
    wrong: [{}, { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } }],
    unknownAt: ['LaunchTemplateData', 'MetadataOptions', 'HttpTokens'],
  },
  'instance-profile-attached': named('AWS::EC2::Instance', 'IamInstanceProfile'),
  'instance-without-public-address': {
    type: 'AWS::EC2::Instance',
    content: [{}, { NetworkInterfaces: [{ AssociatePublicIpAddress: false }] }],
    wrong: [{ NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }],
    unknownAt: ['NetworkInterfaces'],
  },
  'load-balancer-web-acl': {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    content: [{ Scheme: 'internet-facing' }],
    wrong: [],
    silent: [{ Scheme: 'internal' }, { Type: 'network' }],
    unknownAt: ['Scheme'],
    beside: { Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Subject' } } } },
  },
  'message-broker-encrypted-in-transit': {
    type: 'AWS::MSK::Cluster',
    content: [{}, { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } } }],
    wrong: [
      { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } } },
      { EncryptionInfo: { EncryptionInTransit: { InCluster: false } } },
    ],
    unknownAt: ['EncryptionInfo', 'EncryptionInTransit', 'ClientBroker'],
  },
  'message-broker-not-public': {
    type: 'AWS::MSK::Cluster',
    content: [{}, { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } } }],
    wrong: [{ BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } } }],
    unknownAt: ['BrokerNodeGroupInfo', 'ConnectivityInfo', 'PublicAccess', 'Type'],
  },
  'network-acl-administration-closed': {
    type: 'AWS::EC2::NetworkAclEntry',
    content: [
      { RuleAction: 'allow', CidrBlock: '10.0.0.0/8', PortRange: { From: 22, To: 22 } },
      { RuleAction: 'allow', CidrBlock: '0.0.0.0/0', PortRange: { From: 1024, To: 65535 } },
    ],
    wrong: [
      { RuleAction: 'allow', CidrBlock: '0.0.0.0/0', PortRange: { From: 22, To: 22 } },
      { RuleAction: 'allow', Ipv6CidrBlock: '::/0', PortRange: { From: 3389, To: 3389 } },
    ],
    silent: [{ Egress: true, RuleAction: 'allow' }, { RuleAction: 'deny' }],
    unknownAt: ['CidrBlock'],
  },
  'notebook-encrypted': named('AWS::SageMaker::NotebookInstance', 'KmsKeyId'),
  'notebook-without-direct-internet': {
    type: 'AWS::SageMaker::NotebookInstance',
    content: [{ DirectInternetAccess: 'Disabled' }],
    wrong: [{}, { DirectInternetAccess: 'Enabled' }],
    unknownAt: ['DirectInternetAccess'],
  },
  'replication-instance-not-public': {
    type: 'AWS::DMS::ReplicationInstance',
    content: [{ PubliclyAccessible: false }],
    wrong: [{}, { PubliclyAccessible: true }],
    unknownAt: ['PubliclyAccessible'],
  },
  'rest-api-cache-encrypted': {
    type: 'AWS::ApiGateway::Stage',
    content: [{ CacheClusterEnabled: true, MethodSettings: [{ CachingEnabled: true, CacheDataEncrypted: true }] }],
    wrong: [{ CacheClusterEnabled: true, MethodSettings: [{ CachingEnabled: true }] }],
    silent: [{}],
    unknownAt: ['MethodSettings', 0, 'CacheDataEncrypted'],
  },
  'rest-api-execution-logging': {
    type: 'AWS::ApiGateway::Stage',
    content: [{ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO' }] }],
    wrong: [
      {},
      { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'OFF' }] },
      { MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/a', LoggingLevel: 'INFO' }] },
    ],
    unknownAt: ['MethodSettings', 0, 'LoggingLevel'],
  },
  'rest-api-web-acl': {
    type: 'AWS::ApiGateway::Stage',
    content: [{}],
    wrong: [],
    unknownAt: [],
    beside: { Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Subject' } } } },
  },
  'search-domain-encrypted': {
    type: 'AWS::OpenSearchService::Domain',
    content: [{ EncryptionAtRestOptions: { Enabled: true } }],
    wrong: [{}],
    unknownAt: ['EncryptionAtRestOptions', 'Enabled'],
  },
  'search-domain-encrypted-between-nodes': {
    type: 'AWS::OpenSearchService::Domain',
    content: [{ NodeToNodeEncryptionOptions: { Enabled: true } }],
    wrong: [{}],
    unknownAt: ['NodeToNodeEncryptionOptions', 'Enabled'],
  },
  'search-domain-in-vpc': {
    type: 'AWS::OpenSearchService::Domain',
    content: [{ VPCOptions: { SubnetIds: ['subnet-1'] } }],
    wrong: [{}],
    unknownAt: ['VPCOptions', 'SubnetIds'],
  },
  'search-domain-logs': {
    type: 'AWS::OpenSearchService::Domain',
    content: [
      {
        LogPublishingOptions: {
          AUDIT_LOGS: { CloudWatchLogsLogGroupArn: 'arn' },
          ES_APPLICATION_LOGS: { CloudWatchLogsLogGroupArn: 'arn' },
        },
      },
    ],
    wrong: [{}, { LogPublishingOptions: { ES_APPLICATION_LOGS: { CloudWatchLogsLogGroupArn: 'arn' } } }],
    unknownAt: ['LogPublishingOptions'],
  },
  'search-domain-requires-https': {
    type: 'AWS::OpenSearchService::Domain',
    content: [{ DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' } }],
    wrong: [
      {},
      { DomainEndpointOptions: { EnforceHTTPS: true } },
      { DomainEndpointOptions: { TLSSecurityPolicy: 'Policy-Min-TLS-1-2-2019-07' } },
    ],
    unknownAt: ['DomainEndpointOptions', 'EnforceHTTPS'],
  },
  'stream-encrypted': named('AWS::Kinesis::Stream', 'StreamEncryption', 'KeyId'),
  'table-encrypted-with-own-key': {
    type: 'AWS::DynamoDB::Table',
    content: [{ SSESpecification: { SSEEnabled: true } }],
    wrong: [{}, { SSESpecification: { SSEEnabled: false } }],
    unknownAt: ['SSESpecification', 'SSEEnabled'],
  },
  'trail-covers-account': {
    type: 'AWS::CloudTrail::Trail',
    content: [{ IsLogging: true, IsMultiRegionTrail: true }],
    wrong: [
      { IsLogging: false, IsMultiRegionTrail: true },
      { IsLogging: true },
      { IsLogging: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
    ],
    unknownAt: ['IsMultiRegionTrail'],
  },
  'trail-encrypted': named('AWS::CloudTrail::Trail', 'KMSKeyId'),
  'trail-file-validation': {
    type: 'AWS::CloudTrail::Trail',
    content: [{ EnableLogFileValidation: true }],
    wrong: [{}, { EnableLogFileValidation: false }],
    unknownAt: ['EnableLogFileValidation'],
  },
  'trail-to-log-group': named('AWS::CloudTrail::Trail', 'CloudWatchLogsLogGroupArn'),
  'transfer-server-encrypted': {
    type: 'AWS::Transfer::Server',
    content: [{}, { Protocols: ['SFTP', 'FTPS'] }],
    wrong: [{ Protocols: ['SFTP', 'FTP'] }],
    unknownAt: ['Protocols'],
  },
  'user-pool-password-history': {
    type: 'AWS::Cognito::UserPool',
    content: [{ Policies: { PasswordPolicy: POOL } }],
    wrong: [{}, { Policies: { PasswordPolicy: { ...POOL, PasswordHistorySize: 3 } } }],
    unknownAt: ['Policies', 'PasswordPolicy', 'PasswordHistorySize'],
  },
  'user-pool-password-policy': {
    type: 'AWS::Cognito::UserPool',
    content: [{ Policies: { PasswordPolicy: POOL } }],
    wrong: [
      {},
      { Policies: { PasswordPolicy: { ...POOL, MinimumLength: 11 } } },
      { Policies: { PasswordPolicy: { ...POOL, RequireNumbers: false } } },
      { Policies: { PasswordPolicy: { ...POOL, RequireLowercase: false } } },
    ],
    unknownAt: ['Policies', 'PasswordPolicy', 'MinimumLength'],
  },
  'user-pool-second-factor': {
    type: 'AWS::Cognito::UserPool',
    content: [{ MfaConfiguration: 'ON' }, { MfaConfiguration: 'OPTIONAL' }],
    wrong: [{}, { MfaConfiguration: 'OFF' }],
    unknownAt: ['MfaConfiguration'],
  },
  'volume-encrypted': { type: 'AWS::EC2::Volume', ...ENCRYPTED },
  'warehouse-audit-logging': named('AWS::Redshift::Cluster', 'LoggingProperties'),
  'warehouse-encrypted': { type: 'AWS::Redshift::Cluster', ...ENCRYPTED },
  'warehouse-not-public': {
    type: 'AWS::Redshift::Cluster',
    content: [{}, { PubliclyAccessible: false }],
    wrong: [{ PubliclyAccessible: true }],
    unknownAt: ['PubliclyAccessible'],
  },
  'warehouse-requires-tls': {
    type: 'AWS::Redshift::Cluster',
    content: [{ ClusterParameterGroupName: { Ref: 'Strict' } }, { ClusterParameterGroupName: 'strict' }],
    wrong: [{}, { ClusterParameterGroupName: { Ref: 'Lax' } }],
    unknownAt: ['ClusterParameterGroupName'],
    beside: {
      Strict: {
        Type: 'AWS::Redshift::ClusterParameterGroup',
        Properties: {
          ParameterGroupName: 'strict',
          Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }],
        },
      },
      Lax: { Type: 'AWS::Redshift::ClusterParameterGroup', Properties: {} },
    },
  },
  'warehouse-routes-through-vpc': {
    type: 'AWS::Redshift::Cluster',
    content: [{ EnhancedVpcRouting: true }],
    wrong: [{}],
    unknownAt: ['EnhancedVpcRouting'],
  },
  'warehouse-version-upgrades': {
    type: 'AWS::Redshift::Cluster',
    content: [{}, { AllowVersionUpgrade: true }],
    wrong: [{ AllowVersionUpgrade: false }],
    unknownAt: ['AllowVersionUpgrade'],
  },
};
