/** Why a type of resource costs nothing by itself. */
const REASONS: readonly { readonly why: string; readonly types: readonly string[] }[] = [
  {
    why: 'Permissions are free.',
    types: [
      ...[
        'AWS::IAM::Role',
        'AWS::IAM::Policy',
        'AWS::IAM::ManagedPolicy',
        'AWS::IAM::InstanceProfile',
        'AWS::IAM::User',
      ],
      ...['AWS::IAM::Group', 'AWS::IAM::ServiceLinkedRole', 'AWS::IAM::OIDCProvider', 'AWS::Lambda::Permission'],
      ...['AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy', 'AWS::Logs::ResourcePolicy'],
      ...['AWS::SecretsManager::ResourcePolicy', 'AWS::ECR::RegistryPolicy', 'AWS::Events::EventBusPolicy'],
      ...['AWS::CloudFront::OriginAccessControl', 'AWS::CloudFront::CloudFrontOriginAccessIdentity'],
    ],
  },
  {
    why: 'Parts of a network are free; what passes through gateways and endpoints is not.',
    types: [
      ...['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::RouteTable', 'AWS::EC2::Route', 'AWS::EC2::InternetGateway'],
      ...['AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::NetworkAcl'],
      ...[
        'AWS::EC2::NetworkAclEntry',
        'AWS::EC2::SubnetNetworkAclAssociation',
        'AWS::EC2::SubnetRouteTableAssociation',
      ],
      ...['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'],
      ...['AWS::EC2::VPCDHCPOptionsAssociation', 'AWS::EC2::DHCPOptions', 'AWS::EC2::PrefixList'],
      ...['AWS::EC2::LaunchTemplate', 'AWS::EFS::MountTarget', 'AWS::EFS::AccessPoint'],
    ],
  },
  {
    why: 'Settings are free; what they are the settings of is counted where it stands.',
    types: [
      ...['AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ApplicationAutoScaling::ScalingPolicy'],
      ...['AWS::AutoScaling::ScalingPolicy', 'AWS::AutoScaling::LifecycleHook', 'AWS::CDK::Metadata'],
      ...['AWS::CloudFront::CachePolicy', 'AWS::CloudFront::OriginRequestPolicy', 'AWS::CloudFront::PublicKey'],
      ...['AWS::CloudFront::ResponseHeadersPolicy', 'AWS::CloudFront::KeyGroup', 'AWS::ECR::PullThroughCacheRule'],
      ...['AWS::ECR::RegistryScanningConfiguration', 'AWS::ECR::RepositoryCreationTemplate', 'AWS::KMS::Alias'],
      ...['AWS::ECS::ClusterCapacityProviderAssociations', 'AWS::ElastiCache::ParameterGroup'],
      ...['AWS::ElastiCache::SubnetGroup', 'AWS::ElastiCache::User', 'AWS::ElastiCache::UserGroup'],
      ...['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule'],
      ...['AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::ElasticLoadBalancingV2::ListenerCertificate'],
      ...['AWS::Lambda::EventSourceMapping', 'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::LayerVersion'],
      ...['AWS::Logs::DeliverySource', 'AWS::Logs::DeliveryDestination', 'AWS::Logs::SubscriptionFilter'],
      ...['AWS::NetworkFirewall::FirewallPolicy', 'AWS::NetworkFirewall::RuleGroup', 'AWS::RDS::DBParameterGroup'],
      ...['AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBProxyTargetGroup'],
      ...['AWS::RDS::OptionGroup', 'AWS::RDS::EventSubscription'],
      ...['AWS::Route53Resolver::FirewallRuleGroup', 'AWS::Route53Resolver::ResolverDNSSECConfig'],
      ...['AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 'AWS::Scheduler::ScheduleGroup'],
      ...['AWS::SecretsManager::RotationSchedule', 'AWS::SecretsManager::SecretTargetAttachment'],
      ...['AWS::SES::ConfigurationSet', 'AWS::SES::ConfigurationSetEventDestination', 'AWS::SNS::Subscription'],
      ...['AWS::SSM::Document', 'AWS::WAFv2::IPSet', 'AWS::WAFv2::RegexPatternSet'],
      ...['AWS::SSM::Association', 'AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindowTarget'],
      ...['AWS::SSM::MaintenanceWindowTask', 'AWS::SSM::PatchBaseline', 'AWS::SSM::ServiceSetting'],
      ...['AWS::WAFv2::WebACLAssociation', 'AWS::ApiGateway::Account', 'AWS::ApiGateway::Deployment'],
      ...['AWS::ApiGateway::Method', 'AWS::ApiGateway::Resource', 'AWS::ApiGateway::Authorizer'],
      ...['AWS::ApiGatewayV2::Authorizer', 'AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Route'],
      ...['AWS::ApiGatewayV2::Stage', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolDomain'],
      ...['AWS::Cognito::UserPoolGroup', 'AWS::Cognito::UserPoolResourceServer', 'AWS::Cognito::ManagedLoginBranding'],
      ...['AWS::Cognito::UserPoolRiskConfigurationAttachment', 'AWS::Cognito::LogDeliveryConfiguration'],
    ],
  },
  {
    why: 'Plans and selections are free; what is kept is counted with the vault.',
    types: ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection', 'AWS::Backup::RestoreTestingPlan'],
  },
  { why: 'Certificates of AWS for its own services are free.', types: ['AWS::CertificateManager::Certificate'] },
  { why: 'VPC origins are free.', types: ['AWS::CloudFront::VpcOrigin'] },
  {
    why: 'Events of AWS and schedules of rules are free; only events of a shop cost.',
    types: ['AWS::Events::Rule', 'AWS::Events::EventBus'],
  },
  { why: 'A budget that only sends messages is free.', types: ['AWS::Budgets::Budget'] },
  {
    why: 'Cost Anomaly Detection is free.',
    types: ['AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'],
  },
];

const BY_TYPE = new Map(REASONS.flatMap(({ why, types }) => types.map((type) => [type, why] as const)));

/** Types that cost nothing by themselves. */
export const FREE_TYPES: readonly string[] = REASONS.flatMap(({ types }) => types);

/** Why `type` costs nothing; undefined where nobody says that it does. */
export function reasonForFree(type: string): string | undefined {
  const isCustom = type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
  return isCustom ? 'What a custom resource makes is not in the template; its function is counted.' : BY_TYPE.get(type);
}
