import { Aws, Duration, Stack, type CfnResource } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, ObjectLockRetention, StorageClass, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { isLogDestination, letsAccessLogsIn, logAccess } from './access-logging';
import { acknowledge } from './acknowledge';
import { decline } from './declined-rules';
import { disposalOf } from './disposal';
import { keeps } from './keeps';
import { letInspectorUse, letLogDeliveryUse } from './key-use';
import { protectedBucket } from './protected-bucket';
import { retain } from './stateful';
import { DataClass, tagDataClass } from './tags';
import type { Waiver } from './waiver';

/** Which logs, under which key. */
export interface LogStoreProps {
  /**
   * Key for the logs. Load balancers and S3 server access logging cannot write to a bucket with a KMS key: for theirs,
   * leave it out.
   *
   * @default - keys that S3 manages (SSE-S3)
   */
  readonly key?: IKey;

  /**
   * Where S3 logs who reads these logs. Only for a store with a `key`; one without is where such logs end.
   *
   * @default - a `LogStore` of its own, without a key
   */
  readonly accessLogs?: IBucket;

  /**
   * Gives up the lock that keeps every log unchanged for a year. Only a store with a `key` has one: S3 writes no server
   * access logs to a locked bucket.
   *
   * @default - locked in governance mode
   */
  readonly withoutLock?: Waiver;
}

/** PCI DSS 10.5.1 asks for twelve months of audit logs; a month more lets the last one be read. */
const KEPT = Duration.days(396);

/** PCI DSS 10.5.1: three months immediately available. Instant Retrieval answers at once too, for a quarter of the price. */
const COOLED = Duration.days(90);

/**
 * A bucket for logs that AWS services write: encrypted, reached over TLS 1.2 or later only, never public, versioned and
 * retained; each log is kept for 13 months and, with a key, locked for its first year.
 *
 * A service has to be let in by one of the `let…Write` methods; nobody else can write. S3's own access logs are let in by
 * whichever bucket names this one as their destination.
 */
export class LogStore extends Construct {
  /** The bucket. */
  public readonly bucket: Bucket;

  public constructor(scope: Construct, id: string, props: LogStoreProps = {}) {
    super(scope, id);
    this.bucket = props.key === undefined ? this.createAccessLogBucket() : this.createLogBucket(props.key, props);
    retain(this, this.bucket.node.defaultChild as CfnResource, 'Bucket');
    tagDataClass(this, DataClass.LOGS);
    decline(this.bucket, 'S3BucketReplicationEnabled');
  }

  /** Lets the load balancers of this account write their access and connection logs. */
  public letLoadBalancersWrite(): void {
    this.letWrite('logdelivery.elasticloadbalancing.amazonaws.com', 'elasticloadbalancing');
  }

  /** Lets the log delivery of this account write: flow logs, DNS query logs, CloudFront's access logs. */
  public letLogDeliveryWrite(): void {
    this.letWrite('delivery.logs.amazonaws.com', 'logs');
    const { account } = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  /**
   * Lets AWS Backup Audit Manager write its reports. The role that it does so with is made with the first report, and no
   * policy may name it before: so the account is named, and the role is a condition.
   */
  public letBackupReportsWrite(): void {
    const { account } = Stack.of(this);
    const role = `arn:${Aws.PARTITION}:iam::${account}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`;
    const principals = [new AccountRootPrincipal()];
    const isReportRole = { ArnLike: { 'aws:PrincipalArn': role } };
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { ...isReportRole, StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
    this.bucket.encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
        // In a key policy, * is the key itself.
        resources: ['*'],
        conditions: isReportRole,
      }),
    );
  }

  /** Lets Amazon Inspector write the bills of materials that it is asked for in this account and Region. */
  public letInspectorWrite(): void {
    const { account, region } = Stack.of(this);
    const { encryptionKey } = this.bucket;
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('inspector2.amazonaws.com')],
        actions: ['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectAcl'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:inspector2:${region}:${account}:report/*` },
        },
      }),
    );
    if (encryptionKey !== undefined) {
      letInspectorUse(encryptionKey);
    }
  }

  private letWrite(principal: string, source: string): void {
    const { account } = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(principal)],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:${source}:*:${account}:*` },
        },
      }),
    );
  }

  private createAccessLogBucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      ...protectedBucket(this),
      ...LIFE,
      encryption: BucketEncryption.S3_MANAGED,
    });
    acknowledge(bucket, {
      rules: ['AwsSolutions-S1', 'S3BucketLoggingEnabled'],
      unless: () => isLogDestination(bucket),
      because: 'Access logs end here: a bucket that logs to itself never stops, and one more would need one more.',
    });
    acknowledge(bucket, {
      rules: ['CommerceBaseline-bucket-access-logs', 'CommerceBaseline-bucket-encrypted'],
      unless: () => letsAccessLogsIn(bucket),
      because: 'Access logs end here, as soon as something logs into it; what writes them cannot use a key of KMS.',
    });
    acknowledge(bucket, {
      rules: ['S3DefaultEncryptionKMS'],
      because: 'Load balancers and S3 server access logging write only to buckets encrypted with keys that S3 manages.',
    });
    return bucket;
  }

  private createLogBucket(encryptionKey: IKey, { accessLogs, withoutLock }: LogStoreProps): Bucket {
    letLogDeliveryUse(encryptionKey);
    const locked = keeps(this, 'log-store.lock', withoutLock ?? disposalOf(this));
    const bucket = new Bucket(this, 'Bucket', {
      ...protectedBucket(this),
      ...LIFE,
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      objectLockEnabled: locked,
      objectLockDefaultRetention: locked ? ObjectLockRetention.governance(Duration.days(365)) : undefined,
    });
    logAccess(bucket, accessLogs ?? new LogStore(this, 'AccessLogs').bucket);
    return bucket;
  }
}

const LIFE = {
  lifecycleRules: [
    {
      expiration: KEPT,
      noncurrentVersionExpiration: Duration.days(30),
      abortIncompleteMultipartUploadAfter: Duration.days(7),
      transitions: [{ storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: COOLED }],
    },
  ],
};
