import { GIVEN, judged, outcomeOf, type JudgedResources as Resources, type Outcome } from '../../support/rule-outcome';

const JUDGED = { Ref: 'Judged' };
const ANYBODY = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const DENY = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: ['arn:x', 'arn:x/*'] };
const WITHOUT_TLS = { Bool: { 'aws:SecureTransport': false } };
const policyOf = (...Statement: object[]): Resources => ({
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: JUDGED, PolicyDocument: { Statement } } },
});
const container = (properties: object): object => ({ ContainerDefinitions: [{ Name: 'shop', ...properties }] });

const workflow = (...actions: string[]): string =>
  JSON.stringify(actions.map((action) => `arn:aws:states:::${action}`));
const BUILD = 'codebuild:startBuild.sync';
const SCAN = 'aws-sdk:ecr:describeImageScanFindings';
const ROLL_OUT = 'aws-sdk:cloudformation:updateStack';

const BUCKET = 'AWS::S3::Bucket';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TASK = 'AWS::ECS::TaskDefinition';
const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';
const GROUP = 'AWS::EC2::SecurityGroup';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const ROUTE = 'AWS::EC2::Route';
const FUNCTION = 'AWS::Lambda::Function';
const SERVICE = 'AWS::ECS::Service';
const ROLE = 'AWS::IAM::Role';
const SECRET = 'AWS::SecretsManager::Secret';
const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** Subnets that are judged by where their routes lead. */
const routed = (DestinationCidrBlock: unknown): Resources =>
  judged(
    'AWS::RDS::DBSubnetGroup',
    { SubnetIds: [{ Ref: 'Subnet' }] },
    {
      Subnet: { Type: 'AWS::EC2::Subnet' },
      Table: { Type: 'AWS::EC2::RouteTable' },
      Way: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
      },
      Route: { Type: ROUTE, Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock } },
    },
  );

const HOST = 'AWS::EC2::Instance';
const HOST_GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const PATCHED = { Tags: [{ Key: 'PatchGroup', Value: 'bastions' }] };
const BASTIONS = [{ Key: 'tag:PatchGroup', Values: ['bastions'] }];
/** A maintenance window that runs a document on what has the tag. */
const patchedBy = (task: object, Targets: unknown = BASTIONS, others: Resources = {}): Resources => ({
  Targets: { Type: 'AWS::SSM::MaintenanceWindowTarget', Properties: { Targets } },
  Task: {
    Type: 'AWS::SSM::MaintenanceWindowTask',
    Properties: { Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'Targets' }] }], ...task },
  },
  ...others,
});
const commanding = (Operation: unknown): object => ({
  TaskArn: 'AWS-RunPatchBaseline',
  TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation } } },
});
const associated = (Operation: string): Resources => ({
  Association: {
    Type: 'AWS::SSM::Association',
    Properties: { Name: 'AWS-RunPatchBaseline', Parameters: { Operation: [Operation] }, Targets: BASTIONS },
  },
});
const runbook = (Content: unknown): Resources => ({ Runbook: { Type: 'AWS::SSM::Document', Properties: { Content } } });
const stepOf = (Operation: string): object => ({
  mainSteps: [
    { inputs: { Service: 'ssm' } },
    { inputs: { DocumentName: 'AWS-RunPatchBaseline', Parameters: { Operation: [Operation] } } },
  ],
});

const TABLE = 'AWS::DynamoDB::Table';
const FILES = 'AWS::EFS::FileSystem';
const PLAN = 'AWS::Backup::BackupPlan';
/** A plan's selection. */
const selection = (BackupSelection: object): Resources => ({
  Selection: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: 'x', BackupSelection } },
});
/** A plan that backs up a cluster into the vault `x`, and a restore test. */
const restoring = (test: object, selected: object, more: Resources = {}): Resources =>
  judged(
    PLAN,
    { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'x' }] } },
    {
      Database: { Type: CLUSTER },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Judged' }, BackupSelection: { Resources: ['*'] } },
      },
      Test: {
        Type: 'AWS::Backup::RestoreTestingPlan',
        Properties: { RestoreTestingPlanName: 'weekly', RecoveryPointSelection: test },
      },
      Restored: {
        Type: 'AWS::Backup::RestoreTestingSelection',
        Properties: { RestoreTestingPlanName: 'weekly', ProtectedResourceType: 'Aurora', ...selected },
      },
      ...more,
    },
  );
/** Another selection of the same test, for buckets. */
const RESTORING_BUCKETS: Resources = {
  RestoredBuckets: {
    Type: 'AWS::Backup::RestoreTestingSelection',
    Properties: { RestoreTestingPlanName: 'weekly', ProtectedResourceType: 'S3' },
  },
};
/** In place of the selection of everything, one of what a pattern names. */
const selecting = (pattern: string): Resources => ({
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { Ref: 'Judged' }, BackupSelection: { Resources: [pattern] } },
  },
});
const ARN_OF_X = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:x';
const tagged = (Key: string, Value: unknown): object => ({ Tags: [{ Key, Value }] });
const condition = (key: string, ConditionValue: unknown): object => ({
  ConditionKey: `aws:ResourceTag/${key}`,
  ConditionValue,
});
const copyingTo = (DestinationBackupVaultArn: unknown): object => ({
  BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn }] }] },
});
const keeping = (...days: readonly unknown[]): object => ({
  BackupPlan: { BackupPlanRule: days.map((DeleteAfterDays) => ({ Lifecycle: { DeleteAfterDays } })) },
});

test.each<[rule: string, about: string, outcome: Outcome, resources: Resources]>([
  [
    'bucket-tls-only',
    'a policy that denies without TLS',
    'compliant',
    judged(BUCKET, {}, policyOf({ ...DENY, Condition: WITHOUT_TLS })),
  ],
  [
    'bucket-tls-only',
    'a denial with a second condition',
    'objection',
    judged(BUCKET, {}, policyOf({ ...DENY, Condition: { ...WITHOUT_TLS, StringEquals: { 'aws:x': 'y' } } })),
  ],
  [
    'bucket-tls-only',
    'a denial that leaves the objects out',
    'objection',
    judged(BUCKET, {}, policyOf({ ...DENY, Resource: 'arn:x', Condition: WITHOUT_TLS })),
  ],
  [
    'bucket-tls-only',
    'a policy as a parameter',
    'undecidable',
    judged(
      BUCKET,
      {},
      { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: JUDGED, PolicyDocument: GIVEN } } },
    ),
  ],
  [
    'bucket-tls-only',
    'a policy for whatever bucket a parameter names',
    'undecidable',
    judged(BUCKET, {}, { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: GIVEN } } }),
  ],
  ['bucket-public-access', 'nothing said: S3 blocks all', 'compliant', judged(BUCKET)],
  [
    'bucket-public-access',
    'one of four left out',
    'objection',
    judged(BUCKET, { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
  ],
  [
    'bucket-encrypted',
    'a bucket into which a load balancer logs',
    'silent',
    judged(
      BUCKET,
      {},
      {
        Balancer: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { LoadBalancerAttributes: [{ Key: 'access_logs.s3.bucket', Value: JUDGED }] },
        },
      },
    ),
  ],
  [
    'bucket-access-logs',
    'a bucket that logs into itself',
    'compliant',
    judged(BUCKET, { LoggingConfiguration: { DestinationBucketName: JUDGED } }),
  ],
  [
    'listener-tls',
    'a redirect to HTTPS',
    'compliant',
    judged(LISTENER, {
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }],
    }),
  ],
  [
    'listener-tls',
    'plain HTTP',
    'objection',
    judged(LISTENER, { Protocol: 'HTTP', DefaultActions: [{ Type: 'forward' }] }),
  ],
  ['listener-tls', 'another protocol', 'silent', judged(LISTENER, { Protocol: 'TCP' })],
  [
    'listener-tls',
    'the policy of 2016',
    'objection',
    judged(LISTENER, { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-2016-08' }),
  ],
  [
    'listener-tls',
    'a post-quantum policy',
    'compliant',
    judged(LISTENER, { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' }),
  ],
  [
    'target-group-tls',
    'a function',
    'silent',
    judged('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'lambda' }),
  ],
  [
    'load-balancer-invalid-headers',
    'a network load balancer',
    'silent',
    judged('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }),
  ],
  [
    'task-unprivileged-user',
    'a container that ends before the others, as root',
    'compliant',
    judged(TASK, container({ Essential: false, User: '0' })),
  ],
  ['task-unprivileged-user', 'root by name', 'objection', judged(TASK, container({ User: 'root' }))],
  [
    'image-rollout-scanned',
    'a workflow that builds, asks for a scan and deploys a stack',
    'compliant',
    judged('AWS::StepFunctions::StateMachine', { DefinitionString: workflow(BUILD, SCAN, ROLL_OUT) }),
  ],
  [
    'image-rollout-scanned',
    'a workflow that builds and deploys a stack',
    'objection',
    judged('AWS::StepFunctions::StateMachine', { DefinitionString: workflow(BUILD, ROLL_OUT) }),
  ],
  [
    'image-rollout-scanned',
    'a workflow that builds and rolls nothing out',
    'silent',
    judged('AWS::StepFunctions::StateMachine', { DefinitionString: workflow(BUILD) }),
  ],
  [
    'image-rollout-scanned',
    'a definition given at deployment',
    'undecidable',
    judged('AWS::StepFunctions::StateMachine', { DefinitionString: GIVEN }),
  ],
  [
    'host-patched-on-schedule',
    'an instance with the tag of a window that installs',
    'compliant',
    judged(HOST, PATCHED, patchedBy(commanding(['Install']))),
  ],
  [
    'host-patched-on-schedule',
    'an instance with the tag of a window that scans',
    'objection',
    judged(HOST, PATCHED, patchedBy(commanding(['Scan']))),
  ],
  [
    'host-patched-on-schedule',
    'an instance without the tag of the window',
    'objection',
    judged(HOST, {}, patchedBy(commanding(['Install']))),
  ],
  [
    'host-patched-on-schedule',
    'a window that selects by a second tag, too',
    'objection',
    judged(HOST, PATCHED, patchedBy(commanding('Install'), [...BASTIONS, { Key: 'tag-key', Values: ['More'] }])),
  ],
  [
    'host-patched-on-schedule',
    'a window that names the instance',
    'compliant',
    judged(HOST, {}, patchedBy(commanding('Install'), [{ Key: 'InstanceIds', Values: [JUDGED] }])),
  ],
  [
    'host-patched-on-schedule',
    'a window that runs a runbook of the app, which installs',
    'compliant',
    judged(HOST, PATCHED, patchedBy({ TaskArn: { Ref: 'Runbook' } }, BASTIONS, runbook(stepOf('Install')))),
  ],
  [
    'host-patched-on-schedule',
    'a window that runs a runbook of the app, which scans',
    'objection',
    judged(HOST, PATCHED, patchedBy({ TaskArn: { Ref: 'Runbook' } }, BASTIONS, runbook(stepOf('Scan')))),
  ],
  [
    'host-patched-on-schedule',
    'a runbook given at deployment',
    'undecidable',
    judged(HOST, PATCHED, patchedBy({ TaskArn: { Ref: 'Runbook' } }, BASTIONS, runbook(GIVEN))),
  ],
  [
    'host-patched-on-schedule',
    'an association that installs',
    'compliant',
    judged(HOST, PATCHED, associated('Install')),
  ],
  ['host-patched-on-schedule', 'an association that scans', 'objection', judged(HOST, PATCHED, associated('Scan'))],
  [
    'host-patched-on-schedule',
    'a group that gives its instances the tag',
    'compliant',
    judged(
      HOST_GROUP,
      { Tags: [{ ...PATCHED.Tags[0], PropagateAtLaunch: true }] },
      patchedBy({ TaskArn: 'AWS-PatchInstanceWithRollback' }),
    ),
  ],
  [
    'host-patched-on-schedule',
    'a group that keeps the tag to itself',
    'objection',
    judged(
      HOST_GROUP,
      { Tags: [{ ...PATCHED.Tags[0], PropagateAtLaunch: false }] },
      patchedBy({ TaskArn: 'AWS-PatchInstanceWithRollback' }),
    ),
  ],
  [
    'host-patched-on-schedule',
    'a patch policy of Quick Setup',
    'compliant',
    judged(
      HOST,
      {},
      {
        Policy: {
          Type: 'AWS::SSMQuickSetup::ConfigurationManager',
          Properties: { ConfigurationDefinitions: [{ Type: 'AWSQuickSetupType-PatchPolicy' }] },
        },
      },
    ),
  ],
  [
    'host-patched-on-schedule',
    'another configuration of Quick Setup',
    'objection',
    judged(
      HOST,
      {},
      {
        Policy: {
          Type: 'AWS::SSMQuickSetup::ConfigurationManager',
          Properties: { ConfigurationDefinitions: [{ Type: 'AWSQuickSetupType-SSMHostMgmt' }] },
        },
      },
    ),
  ],
  [
    'host-patched-on-schedule',
    'a tag given at deployment',
    'undecidable',
    judged(HOST, { Tags: [{ Key: 'PatchGroup', Value: GIVEN }] }, patchedBy(commanding(['Install']))),
  ],
  [
    'task-image-digest',
    'a digest that a parameter gives',
    'compliant',
    judged(TASK, container({ Image: { 'Fn::Sub': 'acme/shop@sha256:${Given}' } })),
  ],
  [
    'task-image-digest',
    'a tag that a parameter gives',
    'undecidable',
    judged(TASK, container({ Image: { 'Fn::Sub': 'acme/shop:${Given}' } })),
  ],
  ['task-image-digest', 'a tag', 'objection', judged(TASK, container({ Image: 'nginx:1.29' }))],
  [
    'task-image-digest',
    'a repository of the app, by digest',
    'compliant',
    judged(TASK, container({ Image: { 'Fn::Sub': `\${Repository.RepositoryUri}@sha256:${'0'.repeat(64)}` } }), {
      Repository: { Type: 'AWS::ECR::Repository' },
    }),
  ],
  [
    'task-no-plain-secrets',
    'where a secret lies',
    'compliant',
    judged(TASK, container({ Environment: [{ Name: 'DB_PASSWORD_ARN', Value: 'arn:x' }] })),
  ],
  [
    'task-no-plain-secrets',
    'a URL with a password',
    'objection',
    judged(TASK, container({ Environment: [{ Name: 'URL', Value: 'postgres://shop:letmein@db/shop' }] })),
  ],
  ['task-volume-tls', 'a volume that is no file system', 'compliant', judged(TASK, { Volumes: [{ Name: 'scratch' }] })],
  [
    'service-rollback',
    'a service that CodeDeploy deploys',
    'silent',
    judged(SERVICE, { DeploymentController: { Type: 'CODE_DEPLOY' } }),
  ],
  ['database-encrypted', 'an instance of a cluster', 'silent', judged(INSTANCE, { DBClusterIdentifier: 'x' })],
  ['database-encrypted', 'the key of AWS', 'objection', judged(INSTANCE, { StorageEncrypted: true })],
  [
    'database-tls',
    'MySQL that asks for TLS',
    'compliant',
    judged(
      CLUSTER,
      { Engine: 'aurora-mysql', DBClusterParameterGroupName: { Ref: 'Group' } },
      {
        Group: {
          Type: 'AWS::RDS::DBClusterParameterGroup',
          Properties: { Parameters: { require_secure_transport: 'ON' } },
        },
      },
    ),
  ],
  [
    'database-tls',
    'the parameters that every database has',
    'objection',
    judged(CLUSTER, { Engine: 'aurora-mysql', DBClusterParameterGroupName: 'default.aurora-mysql8.0' }),
  ],
  [
    'database-tls',
    'parameters that were there before',
    'undecidable',
    judged(CLUSTER, { Engine: 'aurora-mysql', DBClusterParameterGroupName: 'ours' }),
  ],
  [
    'database-master-password',
    'a dynamic reference',
    'compliant',
    judged(CLUSTER, { MasterUserPassword: '{{resolve:secretsmanager:x}}' }),
  ],
  [
    'database-master-password',
    'a dynamic reference that is joined with the ARN of a secret, as CDK does',
    'compliant',
    judged(
      CLUSTER,
      {
        MasterUserPassword: {
          'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Login' }, ':SecretString:password::}}']],
        },
      },
      { Login: { Type: 'AWS::SecretsManager::Secret' } },
    ),
  ],
  [
    'database-master-password',
    'a text that only begins like a dynamic reference',
    'objection',
    judged(CLUSTER, { MasterUserPassword: { 'Fn::Join': ['', ['{{resolve:ssm:', { Ref: 'AWS::Region' }, 'x']] } }),
  ],
  ['data-in-backup-plan', 'no plan at all', 'objection', judged(TABLE)],
  [
    'data-in-backup-plan',
    'its ARN',
    'compliant',
    judged(TABLE, {}, selection({ Resources: [{ 'Fn::GetAtt': ['Judged', 'Arn'] }] })),
  ],
  [
    'data-in-backup-plan',
    'the ARN of another one',
    'objection',
    judged(TABLE, {}, { ...selection({ Resources: [{ 'Fn::GetAtt': ['Other', 'Arn'] }] }), Other: { Type: TABLE } }),
  ],
  [
    'data-in-backup-plan',
    'all of its kind, in this account and Region',
    'compliant',
    judged(TABLE, {}, selection({ Resources: [{ 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:*:table/*' }] })),
  ],
  [
    'data-in-backup-plan',
    'all of its kind, in another Region',
    'objection',
    judged(TABLE, {}, selection({ Resources: ['arn:aws:dynamodb:eu-west-1:*:table/*'] })),
  ],
  [
    'data-in-backup-plan',
    'all of another kind',
    'objection',
    judged(TABLE, {}, selection({ Resources: ['arn:aws:rds:*:*:cluster:*'] })),
  ],
  [
    'data-in-backup-plan',
    'a pattern of names',
    'compliant',
    judged(TABLE, { TableName: 'shop-orders' }, selection({ Resources: ['arn:aws:dynamodb:*:*:table/shop-*'] })),
  ],
  [
    'data-in-backup-plan',
    'a pattern of names, where CloudFormation makes the name up',
    'undecidable',
    judged(TABLE, {}, selection({ Resources: ['arn:aws:dynamodb:*:*:table/shop-*'] })),
  ],
  [
    'data-in-backup-plan',
    'left out by name',
    'objection',
    judged(TABLE, { TableName: 'x' }, selection({ Resources: ['*'], NotResources: ['arn:aws:dynamodb:*:*:table/x'] })),
  ],
  [
    'data-in-backup-plan',
    'one of its tags',
    'compliant',
    judged(
      TABLE,
      tagged('backup', 'daily'),
      selection({
        ListOfTags: [
          { ConditionType: 'STRINGEQUALS', ConditionKey: 'other', ConditionValue: 'x' },
          { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' },
        ],
      }),
    ),
  ],
  [
    'data-in-backup-plan',
    'one of two conditions',
    'objection',
    judged(
      TABLE,
      tagged('backup', 'daily'),
      selection({ Conditions: { StringEquals: [condition('backup', 'daily'), condition('store', 'acme')] } }),
    ),
  ],
  [
    'data-in-backup-plan',
    'a condition that leaves it out',
    'objection',
    judged(
      TABLE,
      tagged('backup', 'none'),
      selection({ Resources: ['*'], Conditions: { StringNotEquals: [condition('backup', 'none')] } }),
    ),
  ],
  [
    'data-in-backup-plan',
    'a pattern of values',
    'compliant',
    judged(
      TABLE,
      tagged('backup', 'daily-35'),
      selection({ Conditions: { StringLike: [condition('backup', 'daily*')] } }),
    ),
  ],
  [
    'data-in-backup-plan',
    'a value that a parameter gives',
    'undecidable',
    judged(TABLE, tagged('backup', GIVEN), selection({ Conditions: { StringEquals: [condition('backup', 'daily')] } })),
  ],
  [
    'data-in-backup-plan',
    'tags of a file system',
    'compliant',
    judged(
      FILES,
      { FileSystemTags: [{ Key: 'backup', Value: 'daily' }] },
      selection({ Conditions: { StringEquals: [condition('backup', 'daily')] } }),
    ),
  ],
  [
    'data-in-backup-plan',
    'automatic backups of EFS',
    'compliant',
    judged(FILES, { BackupPolicy: { Status: 'ENABLED' } }),
  ],
  ['data-in-backup-plan', 'an instance of a cluster', 'silent', judged(INSTANCE, { DBClusterIdentifier: 'x' })],
  [
    'backup-plan-copies-offsite',
    'a vault of another Region',
    'compliant',
    judged(PLAN, copyingTo('arn:aws:backup:eu-west-1:111122223333:backup-vault:x')),
  ],
  [
    'backup-plan-copies-offsite',
    'a vault of another account',
    'compliant',
    judged(PLAN, copyingTo('arn:aws:backup:eu-central-1:444455556666:backup-vault:x')),
  ],
  [
    'backup-plan-copies-offsite',
    'a vault beside it',
    'objection',
    judged(PLAN, copyingTo('arn:aws:backup:eu-central-1:111122223333:backup-vault:x')),
  ],
  [
    'backup-plan-copies-offsite',
    'a vault of its own stack',
    'objection',
    judged(PLAN, copyingTo({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }), {
      Vault: { Type: 'AWS::Backup::BackupVault' },
    }),
  ],
  [
    'backup-plan-copies-offsite',
    'an air-gapped vault of its own stack',
    'compliant',
    judged(PLAN, copyingTo({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }), {
      Vault: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault' },
    }),
  ],
  [
    'backup-plan-copies-offsite',
    'straight into an air-gapped vault',
    'compliant',
    judged(PLAN, { BackupPlan: { BackupPlanRule: [{ TargetLogicallyAirGappedBackupVaultArn: 'arn:x' }] } }),
  ],
  ['backup-plan-copies-offsite', 'a vault that a parameter names', 'undecidable', judged(PLAN, copyingTo(GIVEN))],
  [
    'backup-plan-copies-offsite',
    'a vault that a custom resource names',
    'undecidable',
    judged(PLAN, copyingTo({ 'Fn::GetAtt': ['Reader', 'Vault'] }), { Reader: { Type: 'Custom::Reader' } }),
  ],
  [
    'backup-plan-copies-offsite',
    'an air-gapped vault at home, by its ARN',
    'compliant',
    judged(PLAN, copyingTo(ARN_OF_X), {
      Vault: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { BackupVaultName: 'x' } },
    }),
  ],
  [
    'backup-plan-restore-tested',
    'its vault, by a pattern',
    'compliant',
    restoring({ IncludeVaults: ['arn:aws:backup:*:*:backup-vault:?'] }, {}),
  ],
  ['backup-plan-restore-tested', 'its vault', 'compliant', restoring({ IncludeVaults: [ARN_OF_X] }, {})],
  ['backup-plan-restore-tested', 'every vault', 'compliant', restoring({ IncludeVaults: ['*'] }, {})],
  [
    'backup-plan-restore-tested',
    'every vault but its own',
    'objection',
    restoring({ IncludeVaults: ['*'], ExcludeVaults: [ARN_OF_X] }, {}),
  ],
  ['backup-plan-restore-tested', 'another vault', 'objection', restoring({ IncludeVaults: [`${ARN_OF_X}y`] }, {})],
  [
    'backup-plan-restore-tested',
    'buckets alone',
    'objection',
    restoring({ IncludeVaults: ['*'] }, { ProtectedResourceType: 'S3' }),
  ],
  [
    'backup-plan-restore-tested',
    'clusters alone, of clusters and buckets',
    'objection',
    restoring({ IncludeVaults: ['*'] }, {}, { Pictures: { Type: BUCKET } }),
  ],
  [
    'backup-plan-restore-tested',
    'clusters and buckets',
    'compliant',
    restoring({ IncludeVaults: ['*'] }, {}, { Pictures: { Type: BUCKET }, ...RESTORING_BUCKETS }),
  ],
  [
    'backup-plan-restore-tested',
    'a bucket that the plan leaves out',
    'compliant',
    restoring({ IncludeVaults: ['*'] }, {}, { Pictures: { Type: BUCKET }, ...selecting('arn:aws:rds:*:*:cluster:*') }),
  ],
  [
    'backup-plan-restore-tested',
    'buckets alone, and nothing that restores them',
    'objection',
    restoring({ IncludeVaults: ['*'] }, {}, { Pictures: { Type: BUCKET }, ...selecting('arn:aws:s3:::*') }),
  ],
  [
    'backup-plan-restore-tested',
    'a selection of another plan',
    'objection',
    restoring({ IncludeVaults: ['*'] }, { RestoreTestingPlanName: 'other' }),
  ],
  [
    'backup-plan-restore-tested',
    'a vault that a parameter names',
    'undecidable',
    restoring({ IncludeVaults: [GIVEN] }, {}),
  ],
  [
    'backup-plan-restore-tested',
    'a plan that backs up no cluster',
    'silent',
    judged(PLAN, { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'x' }] } }, { Database: { Type: CLUSTER } }),
  ],
  [
    'backup-vault-locked',
    'an air-gapped vault',
    'compliant',
    judged('AWS::Backup::LogicallyAirGappedBackupVault', { MinRetentionDays: 7, MaxRetentionDays: 35 }),
  ],
  [
    'backup-vault-locked',
    'a lock that only ends backups',
    'objection',
    judged('AWS::Backup::BackupVault', { LockConfiguration: { MaxRetentionDays: 35 } }),
  ],
  ['backup-retention', 'one rule for 35 days', 'compliant', judged(PLAN, keeping(7, 35))],
  ['backup-retention', 'a week', 'objection', judged(PLAN, keeping(7))],
  ['backup-retention', 'one rule for ever', 'objection', judged(PLAN, keeping(35, undefined))],
  ['backup-retention', 'as long as a parameter says', 'undecidable', judged(PLAN, keeping(GIVEN))],
  ['database-extended-support', 'an engine without it', 'silent', judged(INSTANCE, { Engine: 'oracle-ee' })],
  ['database-isolated', 'no route out', 'compliant', routed('10.0.0.0/8')],
  ['database-isolated', 'a route out', 'objection', routed('0.0.0.0/0')],
  ['database-isolated', 'a route to what a parameter says', 'undecidable', routed(GIVEN)],
  [
    'database-isolated',
    'subnets that were there before',
    'undecidable',
    judged('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-1'] }),
  ],
  ['vpc-filtered-egress', 'a route inside', 'silent', judged(ROUTE, { DestinationCidrBlock: '10.0.0.0/8' })],
  [
    'vpc-filtered-egress',
    'a route in a network that was there before',
    'undecidable',
    judged(ROUTE, { DestinationCidrBlock: '0.0.0.0/0', RouteTableId: 'rtb-1' }),
  ],
  [
    'security-group-ingress',
    'HTTPS for all',
    'compliant',
    judged(GROUP, { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }] }),
  ],
  [
    'security-group-ingress',
    'ports 80 to 443 for all',
    'objection',
    judged(GROUP, { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', FromPort: 80, ToPort: 443 }] }),
  ],
  [
    'security-group-ingress',
    'all of IPv6',
    'objection',
    judged(GROUP, { SecurityGroupIngress: [{ CidrIpv6: '::/0', IpProtocol: '-1' }] }),
  ],
  ['security-group-egress', 'nothing said: EC2 lets all out', 'objection', judged(GROUP)],
  [
    'security-group-egress',
    'a rule beside the group',
    'compliant',
    judged(
      GROUP,
      {},
      { Rule: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: JUDGED, IpProtocol: 'tcp' } } },
    ),
  ],
  [
    'endpoint-policy',
    'an endpoint that takes no policy',
    'silent',
    judged(ENDPOINT, { VpcEndpointType: 'GatewayLoadBalancer' }),
  ],
  [
    'endpoint-policy',
    'everybody everything',
    'objection',
    judged(ENDPOINT, { PolicyDocument: { Statement: [ANYBODY] } }),
  ],
  ['key-rotation', 'a key that signs', 'silent', judged('AWS::KMS::Key', { KeySpec: 'RSA_2048' })],
  [
    'key-policy-named',
    'everybody of the account',
    'compliant',
    judged('AWS::KMS::Key', {
      KeyPolicy: { Statement: [{ ...ANYBODY, Condition: { StringEquals: { 'kms:CallerAccount': '1' } } }] },
    }),
  ],
  [
    'key-policy-named',
    'a policy as text, everybody',
    'objection',
    judged('AWS::KMS::Key', { KeyPolicy: JSON.stringify({ Statement: [ANYBODY] }) }),
  ],
  [
    'key-policy-named',
    'all but one',
    'objection',
    judged('AWS::KMS::Key', {
      KeyPolicy: { Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: '*' }] },
    }),
  ],
  [
    'policy-no-administration',
    'in a role',
    'objection',
    judged(ROLE, { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }] }),
  ],
  [
    'policy-no-administration',
    'all actions but one',
    'objection',
    judged('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] },
    }),
  ],
  [
    'policy-pass-role',
    'to one service',
    'compliant',
    judged('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: '*',
            Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          },
        ],
      },
    }),
  ],
  [
    'policy-pass-role',
    'by a pattern',
    'objection',
    judged('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'iam:Pass*', Resource: '*' }] },
    }),
  ],
  ['function-runtime', 'an image', 'silent', judged(FUNCTION, { PackageType: 'Image' })],
  [
    'function-no-plain-secrets',
    'a secret resolved into the environment',
    'objection',
    judged(FUNCTION, { Environment: { Variables: { X: '{{resolve:secretsmanager:x}}' } } }),
  ],
  ['secret-not-in-template', 'generated', 'compliant', judged(SECRET, { GenerateSecretString: {} })],
  [
    'secret-not-in-template',
    'from another secret',
    'compliant',
    judged(SECRET, { SecretString: '{{resolve:secretsmanager:x}}' }),
  ],
  ['log-group-retention', 'for ever', 'compliant', judged('AWS::Logs::LogGroup')],
  ['mail-dmarc', 'another record', 'silent', judged('AWS::Route53::RecordSet', { Type: 'TXT', Name: 'acme.example.' })],
  ['stateful-retained', 'a cluster, of which CloudFormation keeps a snapshot', 'compliant', judged(CLUSTER)],
  ['stateful-retained', 'a bucket about which nothing is said', 'objection', judged(BUCKET)],
  [
    'distribution-minimum-tls',
    'the certificate of cloudfront.net',
    'objection',
    judged(DISTRIBUTION, { DistributionConfig: {} }),
  ],
  [
    'distribution-hsts',
    'a policy of AWS that says it',
    'compliant',
    judged(DISTRIBUTION, {
      DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' } },
    }),
  ],
  [
    'distribution-hsts',
    'a policy that was there before',
    'undecidable',
    judged(DISTRIBUTION, { DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: 'x' } } }),
  ],
  [
    'distribution-origin-tls',
    'a bucket',
    'compliant',
    judged(DISTRIBUTION, { DistributionConfig: { Origins: [{ S3OriginConfig: {} }] } }),
  ],
  [
    'web-acl-blocks',
    'a rule that counts and labels',
    'compliant',
    judged('AWS::WAFv2::WebACL', { Rules: [{ Name: 'Label', Action: { Count: {} }, RuleLabels: [{ Name: 'x' }] }] }),
  ],
])('%s: %s: %s', (rule, _, outcome, resources) => {
  expect(outcomeOf(rule, resources)).toBe(outcome);
});
