/** A resource that a rule of the control catalogue is content with, and one that it objects to. */
export interface SharedCase {
  readonly type: string;
  readonly good: object;
  readonly bad: object;
  /** What the good one has beside it, and the bad one does not. */
  readonly beside?: Readonly<Record<string, object>>;
}

const KEY = { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, KeyPolicy: {} } };
const OWN_KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const BLOCKED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

const policy = (statement: object): object => ({ PolicyDocument: { Version: '2012-10-17', Statement: [statement] } });

export const SHARED_CASES: Readonly<Record<string, SharedCase>> = {
  'bucket-access-logs': {
    type: 'AWS::S3::Bucket',
    good: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } },
    bad: {},
    beside: { Logs: { Type: 'AWS::S3::Bucket' } },
  },
  'bucket-encrypted': {
    type: 'AWS::S3::Bucket',
    good: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: OWN_KEY } },
        ],
      },
    },
    bad: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    },
    beside: { Key: KEY },
  },
  'bucket-public-access': {
    type: 'AWS::S3::Bucket',
    good: { PublicAccessBlockConfiguration: BLOCKED },
    bad: { PublicAccessBlockConfiguration: { ...BLOCKED, BlockPublicPolicy: false } },
  },
  'bucket-tls-only': {
    type: 'AWS::S3::Bucket',
    good: {},
    bad: {},
    beside: {
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Subject' },
          ...policy({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            Resource: [
              { 'Fn::GetAtt': ['Subject', 'Arn'] },
              { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Subject', 'Arn'] }, '/*']] },
            ],
          }),
        },
      },
    },
  },
  'bucket-versioned': {
    type: 'AWS::S3::Bucket',
    good: { VersioningConfiguration: { Status: 'Enabled' } },
    bad: {},
  },
  'database-minor-upgrades': {
    type: 'AWS::RDS::DBInstance',
    good: { Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AutoMinorVersionUpgrade: true },
    bad: { Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AutoMinorVersionUpgrade: false },
  },
  'key-rotation': { type: 'AWS::KMS::Key', good: { KeyPolicy: {}, EnableKeyRotation: true }, bad: { KeyPolicy: {} } },
  'load-balancer-invalid-headers': {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    good: { LoadBalancerAttributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }] },
    bad: {},
  },
  'log-group-encrypted': {
    type: 'AWS::Logs::LogGroup',
    good: { KmsKeyId: OWN_KEY },
    bad: {},
    beside: { Key: KEY },
  },
  'policy-no-administration': {
    type: 'AWS::IAM::ManagedPolicy',
    // In the order in which cdk-nag, which reads the text, finds them.
    good: policy({ Action: 's3:GetObject', Effect: 'Allow', Resource: 'arn:aws:s3:::shop/*' }),
    bad: policy({ Action: '*', Effect: 'Allow', Resource: '*' }),
  },
  'secret-customer-key': {
    type: 'AWS::SecretsManager::Secret',
    good: { KmsKeyId: OWN_KEY },
    bad: {},
    beside: { Key: KEY },
  },
  'subnet-no-public-addresses': {
    type: 'AWS::EC2::Subnet',
    good: { VpcId: 'vpc-1', MapPublicIpOnLaunch: false },
    bad: { VpcId: 'vpc-1', MapPublicIpOnLaunch: true },
  },
  'vpc-flow-logs': {
    type: 'AWS::EC2::VPC',
    good: {},
    bad: {},
    beside: {
      FlowLog: {
        Type: 'AWS::EC2::FlowLog',
        Properties: { ResourceId: { Ref: 'Subject' }, ResourceType: 'VPC', TrafficType: 'ALL' },
      },
    },
  },
  'web-acl-logs': {
    type: 'AWS::WAFv2::WebACL',
    good: { DefaultAction: { Allow: {} }, Scope: 'REGIONAL', VisibilityConfig: {} },
    bad: { DefaultAction: { Allow: {} }, Scope: 'REGIONAL', VisibilityConfig: {} },
    beside: {
      Logging: {
        Type: 'AWS::WAFv2::LoggingConfiguration',
        Properties: { ResourceArn: { 'Fn::GetAtt': ['Subject', 'Arn'] }, LogDestinationConfigs: ['arn'] },
      },
    },
  },
};
