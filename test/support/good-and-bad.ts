import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnResource, Duration, type Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, type CfnFunctionProps } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

const ANY = '0.0.0.0/0';

/** Resources with what rule packs ask for, and without: two rule packs have to tell one from the other alike. */
export function goodAndBad(stack: Stack): void {
  const key = new Key(stack, 'GoodKey', { enableKeyRotation: true });
  new Key(stack, 'BadKey', { pendingWindow: Duration.days(7) });
  storage(stack, key);
  database(stack, key);
  network(stack);
  edge(stack);
  policy(stack, 'BadPolicy', '*');
  policy(stack, 'WidePolicy', 's3:*');
  policy(stack, 'NarrowPolicy', 's3:GetObject');
  functions(stack);
}

function policy(stack: Stack, id: string, Action: string): void {
  new CfnManagedPolicy(stack, id, {
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
  });
}

/** Functions that a schedule calls, and one that nobody calls. */
function functions(stack: Stack): void {
  const made = (id: string, props: Partial<CfnFunctionProps> = {}): CfnFunction =>
    new CfnFunction(stack, id, {
      code: { zipFile: 'exports.handler = () => {}' },
      role: 'arn:aws:iam::111122223333:role/function',
      ...props,
    });
  const targetArn = 'arn:aws:sqs:eu-central-1:111122223333:failures';
  const good = made('GoodFunction', { deadLetterConfig: { targetArn } });
  const bad = made('BadFunction');
  made('UncalledFunction');
  const targets = [good, bad].map(({ attrArn: arn }, place) => ({ arn, id: `Target${place}` }));
  new CfnRule(stack, 'Daily', { scheduleExpression: 'rate(1 day)', targets });
}

function storage(stack: Stack, key: Key): void {
  new Bucket(stack, 'GoodBucket', {
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    enforceSSL: true,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    serverAccessLogsBucket: new Bucket(stack, 'LogBucket'),
  });
  new CfnResource(stack, 'BadBucket', { type: 'AWS::S3::Bucket' });
  new Bucket(stack, 'HalfOpenBucket', { blockPublicAccess: BlockPublicAccess.BLOCK_ACLS_ONLY });
  new Queue(stack, 'GoodQueue', { enforceSSL: true, encryptionMasterKey: key });
  new Queue(stack, 'BadQueue');
  new Topic(stack, 'GoodTopic', { enforceSSL: true, masterKey: key });
  new Topic(stack, 'BadTopic');
  new Secret(stack, 'GoodSecret', { encryptionKey: key });
  new Secret(stack, 'BadSecret');
  new LogGroup(stack, 'GoodLogs', { encryptionKey: key, retention: RetentionDays.ONE_YEAR });
  new LogGroup(stack, 'BadLogs', { retention: RetentionDays.INFINITE });
  new CfnFileSystem(stack, 'GoodFiles', { encrypted: true, kmsKeyId: key.keyArn });
  new CfnFileSystem(stack, 'BadFiles', {});
}

function database(stack: Stack, key: Key): void {
  const cluster = new CfnDBCluster(stack, 'GoodCluster', {
    engine: 'aurora-postgresql',
    storageEncrypted: true,
    kmsKeyId: key.keyArn,
    deletionProtection: true,
    enableIamDatabaseAuthentication: true,
    backupRetentionPeriod: 35,
  });
  new CfnDBCluster(stack, 'BadCluster', { engine: 'aurora-postgresql' });
  new CfnDBInstance(stack, 'GoodInstance', { dbClusterIdentifier: cluster.ref, publiclyAccessible: false });
  new CfnDBInstance(stack, 'BadInstance', {
    engine: 'postgres',
    publiclyAccessible: true,
    autoMinorVersionUpgrade: false,
  });
}

function network(stack: Stack): void {
  const vpc = new CfnVPC(stack, 'BadVpc', { cidrBlock: '10.0.0.0/16' });
  new CfnSubnet(stack, 'BadSubnet', { vpcId: vpc.ref, cidrBlock: '10.0.0.0/24', mapPublicIpOnLaunch: true });
  new CfnSubnet(stack, 'GoodSubnet', { vpcId: vpc.ref, cidrBlock: '10.0.1.0/24' });
  const rule = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
  new CfnSecurityGroup(stack, 'BadGroup', {
    groupDescription: 'Open',
    vpcId: vpc.ref,
    securityGroupIngress: [{ ...rule, cidrIp: ANY }],
  });
  new CfnSecurityGroup(stack, 'GoodGroup', {
    groupDescription: 'Closed',
    vpcId: vpc.ref,
    securityGroupIngress: [{ ...rule, cidrIp: '10.0.0.0/16' }],
  });
}

function edge(stack: Stack): void {
  const distribution = {
    enabled: true,
    defaultCacheBehavior: { targetOriginId: 'shop', viewerProtocolPolicy: 'allow-all' },
    origins: [
      {
        id: 'shop',
        domainName: 'shop.acme.example',
        customOriginConfig: { originProtocolPolicy: 'http-only', originSslProtocols: ['TLSv1'] },
      },
    ],
  };
  new CfnDistribution(stack, 'BadDistribution', {
    distributionConfig: { ...distribution, viewerCertificate: { cloudFrontDefaultCertificate: true } },
  });
  new CfnLoadBalancer(stack, 'BadBalancer', { type: 'application', subnets: ['subnet-1', 'subnet-2'] });
  new CfnWebACL(stack, 'BadWebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: { cloudWatchMetricsEnabled: false, metricName: 'Bad', sampledRequestsEnabled: false },
  });
  new CfnReplicationGroup(stack, 'BadCache', { replicationGroupDescription: 'Open', cacheNodeType: 'cache.t4g.micro' });
  new CfnAlarm(stack, 'BadAlarm', { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1 });
}
