/** What stands in for a rule of cdk-nag's PCI DSS 3.2.1 pack here. */
export interface Counterpart {
  /** The rule of ours that states the same. */
  readonly ours?: string;
  /** Why the two differ, or why nothing of ours states it. */
  readonly because?: string;
  /** Properties without which CDK does not make the resource. */
  readonly required?: object;
}

const alike = (ours: string, required?: object): Counterpart => ({ ours, required });
const differs = (ours: string, because: string): Counterpart => ({ ours, because });
const none = (because: string): Counterpart => ({ because });

const DOMAIN = {};
const WAREHOUSE = { ClusterType: 'multi-node', DBName: 'shop', MasterUsername: 'shop', NodeType: 'ra3.large' };
const TRAIL = { S3BucketName: 'logs', IsLogging: true };
const STAGE = { RestApiId: 'api' };
const NOTEBOOK = { InstanceType: 'ml.t3.medium', RoleArn: 'arn' };

/** All 69 rules of the pack, by the service and name under which cdk-nag exports them. */
export const CDK_NAG_321: Readonly<Record<string, Counterpart>> = {
  'apigw.APIGWAssociatedWithWAF': differs(
    'rest-api-web-acl',
    'cdk-nag wants a stage named by its ARN; a reference is enough for ours.',
  ),
  'apigw.APIGWCacheEnabledAndEncrypted': differs(
    'rest-api-cache-encrypted',
    'cdk-nag wants a cache; a stage without one stores nothing.',
  ),
  'apigw.APIGWExecutionLoggingEnabled': alike('rest-api-execution-logging', STAGE),
  'apigw.APIGWSSLEnabled': none(
    'A certificate by which a backend knows API Gateway is asked for by no requirement of 4.0.1.',
  ),
  'autoscaling.AutoScalingGroupELBHealthCheckRequired': none('Availability is asked for by no requirement of 4.0.1.'),
  'autoscaling.AutoScalingLaunchConfigPublicIpDisabled': differs(
    'instance-without-public-address',
    'cdk-nag wants false written out; left out, the subnet decides, which another rule of ours judges.',
  ),
  'cloudtrail.CloudTrailCloudWatchLogsEnabled': alike('trail-to-log-group', TRAIL),
  'cloudtrail.CloudTrailEncryptionEnabled': alike('trail-encrypted', TRAIL),
  'cloudtrail.CloudTrailLogFileValidationEnabled': alike('trail-file-validation', TRAIL),
  'cloudwatch.CloudWatchLogGroupEncrypted': alike('log-group-encrypted'),
  'cloudwatch.CloudWatchLogGroupRetentionPeriod': differs(
    'log-group-retention',
    '10.5.1 asks for a year: cdk-nag takes any period, and none that lasts for ever.',
  ),
  'codebuild.CodeBuildProjectEnvVarAwsCred': alike('build-environment-without-credentials', {
    Artifacts: { Type: 'NO_ARTIFACTS' },
    ServiceRole: 'role',
    Source: { Type: 'NO_SOURCE' },
  }),
  'codebuild.CodeBuildProjectSourceRepoUrl': differs(
    'build-source-without-token',
    'cdk-nag wants OAuth; a connection and a secret serve as well, so ours looks for a token in the address.',
  ),
  'dms.DMSReplicationNotPublic': alike('replication-instance-not-public', { ReplicationInstanceClass: 'dms.t3.micro' }),
  'ec2.EC2InstanceNoPublicIp': alike('instance-without-public-address', {}),
  'ec2.EC2InstanceProfileAttached': alike('instance-profile-attached', {}),
  'ec2.EC2InstancesInVPC': none('EC2-Classic is no more: every instance is in a VPC.'),
  'ec2.EC2RestrictedCommonPorts': differs(
    'security-group-ingress',
    'Ours lets everybody reach 80 and 443 alone; cdk-nag lists six ports.',
  ),
  'ec2.EC2RestrictedSSH': differs(
    'security-group-ingress',
    'Ours lets everybody reach 80 and 443 alone; cdk-nag looks at port 22.',
  ),
  'ecs.ECSTaskDefinitionUserForHostMode': differs(
    'task-unprivileged-user',
    'Ours wants a user other than root in every network mode.',
  ),
  'efs.EFSEncrypted': differs('file-system-encrypted', 'Ours wants a key of the account as well.'),
  'elb.ALBHttpDropInvalidHeaderEnabled': alike('load-balancer-invalid-headers'),
  'elb.ALBHttpToHttpsRedirection': differs(
    'listener-tls',
    'Ours judges the policy of a TLS listener in the same rule.',
  ),
  'elb.ALBWAFEnabled': differs(
    'load-balancer-web-acl',
    'An internal load balancer is behind another front, whose web ACL counts; cdk-nag wants one on each.',
  ),
  'elb.ELBACMCertificateRequired': differs(
    'classic-load-balancer-tls',
    'cdk-nag fails on a certificate that the same template makes; ours reads the reference.',
  ),
  'elb.ELBLoggingEnabled': differs(
    'load-balancer-access-logs',
    'Ours knows the attributes of all kinds of load balancers.',
  ),
  'elb.ELBTlsHttpsListenersOnly': differs(
    'classic-load-balancer-tls',
    'cdk-nag passes over listeners of HTTP and TCP; ours objects to them.',
  ),
  'elb.ELBv2ACMCertificateRequired': differs(
    'listener-tls',
    'cdk-nag wants a certificate on a redirect, too, which answers nothing that could be read.',
  ),
  'emr.EMRKerberosEnabled': alike('analytics-cluster-authenticates', {
    Instances: {},
    JobFlowRole: 'x',
    Name: 'x',
    ServiceRole: 'x',
  }),
  'iam.IAMGroupHasUsers': none('An empty group grants nobody anything.'),
  'iam.IAMNoInlinePolicy': none('4.0.1 asks for least privilege, which an inline policy neither helps nor harms.'),
  'iam.IAMPolicyNoStatementsWithAdminAccess': alike('policy-no-administration'),
  'iam.IAMPolicyNoStatementsWithFullAccess': differs(
    'policy-no-whole-service',
    'cdk-nag objects to a whole service on one resource, too, where the resource is the limit.',
  ),
  'iam.IAMUserGroupMembership': differs(
    'iam-no-user',
    'Ours objects to the user itself: people and programs have roles.',
  ),
  'iam.IAMUserNoPolicies': differs('iam-no-user', 'Ours objects to the user itself: people and programs have roles.'),
  'kms.KMSBackingKeyRotationEnabled': alike('key-rotation'),
  'lambda.LambdaFunctionPublicAccessProhibited': alike('function-not-public', {
    Action: 'lambda:InvokeFunction',
    FunctionName: 'x',
  }),
  'lambda.LambdaInsideVPC': none(
    'Declined (decision 0007): a function that calls AWS alone is not nearer to anything outside a VPC.',
  ),
  'opensearch.OpenSearchEncryptedAtRest': alike('search-domain-encrypted', DOMAIN),
  'opensearch.OpenSearchInVPCOnly': alike('search-domain-in-vpc', DOMAIN),
  'opensearch.OpenSearchErrorLogsToCloudWatch': differs(
    'search-domain-logs',
    'Ours wants the audit log as well: 10.2.1 asks who did what.',
  ),
  'opensearch.OpenSearchNodeToNodeEncryption': alike('search-domain-encrypted-between-nodes', DOMAIN),
  'rds.RDSAutomaticMinorVersionUpgradeEnabled': alike('database-minor-upgrades'),
  'rds.RDSInstancePublicAccess': differs('database-not-public', 'Ours judges clusters as well.'),
  'rds.RDSLoggingEnabled': differs(
    'database-audit-logs',
    'Ours wants the logs in which logins and statements stand, by engine; cdk-nag all kinds.',
  ),
  'rds.RDSStorageEncrypted': differs('database-encrypted', 'Ours wants a key of the account as well.'),
  'redshift.RedshiftClusterConfiguration': differs(
    'warehouse-encrypted',
    'cdk-nag judges encryption and audit log as one; ours are two rules.',
  ),
  'redshift.RedshiftClusterMaintenanceSettings': differs(
    'warehouse-version-upgrades',
    'Ours asks for upgrades; snapshots and windows are asked for by no requirement of 4.0.1.',
  ),
  'redshift.RedshiftClusterPublicAccess': differs(
    'warehouse-not-public',
    'cdk-nag wants false written out, which CloudFormation assumes.',
  ),
  'redshift.RedshiftEnhancedVPCRoutingEnabled': alike('warehouse-routes-through-vpc', WAREHOUSE),
  'redshift.RedshiftRequireTlsSSL': differs(
    'warehouse-requires-tls',
    'Ours says that it cannot tell where the parameter group is elsewhere.',
  ),
  's3.S3BucketLevelPublicAccessProhibited': alike('bucket-public-access'),
  's3.S3BucketLoggingEnabled': alike('bucket-access-logs'),
  's3.S3BucketPublicReadProhibited': differs(
    'bucket-public-access',
    'Ours wants all four settings, which make an ACL powerless.',
  ),
  's3.S3BucketPublicWriteProhibited': differs(
    'bucket-public-access',
    'Ours wants all four settings, which make an ACL powerless.',
  ),
  's3.S3BucketReplicationEnabled': none(
    'Declined (decision 0007): a copy that follows every deletion protects nothing.',
  ),
  's3.S3BucketSSLRequestsOnly': alike('bucket-tls-only'),
  's3.S3BucketVersioningEnabled': alike('bucket-versioned'),
  's3.S3DefaultEncryptionKMS': alike('bucket-encrypted'),
  'sagemaker.SageMakerEndpointConfigurationKMSKeyConfigured': alike('endpoint-storage-encrypted', {
    ProductionVariants: [],
  }),
  'sagemaker.SageMakerNotebookInstanceKMSKeyConfigured': alike('notebook-encrypted', NOTEBOOK),
  'sagemaker.SageMakerNotebookNoDirectInternetAccess': alike('notebook-without-direct-internet', NOTEBOOK),
  'secretsmanager.SecretsManagerUsingKMSKey': alike('secret-customer-key'),
  'sns.SNSEncryptedKMS': differs('topic-encrypted', 'Ours wants a key of the account, not that of SNS.'),
  'vpc.VPCDefaultSecurityGroupClosed': differs(
    'vpc-default-security-group',
    'cdk-nag objects to every VPC, whatever closes its group.',
  ),
  'vpc.VPCFlowLogsEnabled': alike('vpc-flow-logs'),
  'vpc.VPCNoUnrestrictedRouteToIGW': differs(
    'database-isolated',
    'A public load balancer needs such a route; a database must not have one.',
  ),
  'vpc.VPCSubnetAutoAssignPublicIpDisabled': alike('subnet-no-public-addresses'),
  'waf.WAFv2LoggingEnabled': alike('web-acl-logs'),
};
