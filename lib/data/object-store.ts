import type { CfnResource } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, Grant, PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { logAccess } from '../core/access-logging';
import { acknowledgeWildcards } from '../core/acknowledge';
import { BackedUpKind, backUp } from '../core/backed-up';
import { disposalOf } from '../core/disposal';
import { letDistributionsRead } from '../core/bucket-use';
import { decline } from '../core/declined-rules';
import { keeps } from '../core/keeps';
import { LogStore } from '../core/log-store';
import { protectedBucket } from '../core/protected-bucket';
import { retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';
import type { Waiver } from '../core/waiver';
import { DataKey } from '../encryption/data-key';
import type { ObjectAccess } from './object-access';
import { ObjectContents } from './object-contents';

/** What is stored, and under which key. */
export interface ObjectStoreProps {
  /**
   * What the store holds: decides about locks and about who else reads. Choose evidence when you create the store: a
   * lock covers only objects written after it, and a bucket never loses it again.
   *
   * @default ObjectContents.customerFiles()
   */
  readonly contents?: ObjectContents;

  /**
   * Key for the objects.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;

  /**
   * Where S3 logs who reads and writes. A bucket without a KMS key: S3 cannot log to another one.
   *
   * @default - a `LogStore` of its own
   */
  readonly accessLogs?: IBucket;

  /**
   * Leaves the objects out of every backup plan. Versions stay.
   *
   * @default - a `BackupSchedule` selects the bucket
   */
  readonly withoutBackup?: Waiver;
}

/**
 * A bucket for objects that must not be lost or read by strangers: encrypted, reached over TLS 1.2 or later only, never
 * public, without access control lists, versioned, retained, with a log of every request, and with the tag by which backup
 * plans select it.
 *
 * A client must not send an ACL with an object, not even `private`: S3 refuses it.
 */
export class ObjectStore extends Construct {
  /** The bucket. */
  public readonly bucket: Bucket;

  private readonly key: IKey;

  public constructor(scope: Construct, id: string, props: ObjectStoreProps = {}) {
    super(scope, id);
    const { contents = ObjectContents.customerFiles() } = props;
    this.key = props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    this.bucket = this.createBucket(contents);
    if (keeps(this, 'object-store.backup', props.withoutBackup ?? disposalOf(this))) {
      const resource = this.bucket.node.defaultChild as CfnResource;
      backUp(this, { kind: BackedUpKind.OBJECTS, resource, arn: this.bucket.bucketArn, key: this.key });
    }
    logAccess(this.bucket, props.accessLogs ?? new LogStore(this, 'AccessLogs').bucket);
    if (contents._isPublished) {
      letDistributionsRead(this.bucket);
    }
    if (contents._lock !== undefined) {
      this.refuseToBypassLocks();
    }
  }

  /**
   * Lets `workload` do what `access` says and nothing else. Everything this takes stands in the workload's own policy.
   *
   * @param workload a `StorefrontService`, a function, a role
   * @param access what it may do, and with which objects
   */
  public allow(workload: IGrantable, access: ObjectAccess): void {
    const objects = this.bucket.arnForObjects(`${access._prefix}*`);
    const grantee = workload.grantPrincipal;
    const grant = (actions: string[], resource: string, conditions?: Record<string, Record<string, string>>): void =>
      Grant.addToPrincipal({ grantee, actions, resourceArns: [resource], conditions }).assertSuccess();
    grant(access._actions, objects);
    if (access._lists) {
      const within = access._prefix === '' ? undefined : { StringLike: { 's3:prefix': `${access._prefix}*` } };
      grant(['s3:ListBucket'], this.bucket.bucketArn, within);
    }
    this.key.grant(grantee, ...access._keyActions);
    if (Construct.isConstruct(grantee)) {
      acknowledgeWildcards(grantee, {
        matching: [objects],
        because: 'The names of objects are not known beforehand: the statement covers one prefix of one bucket.',
      });
    }
  }

  private createBucket(contents: ObjectContents): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      ...protectedBucket(this),
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      objectLockEnabled: contents._lock !== undefined,
      objectLockDefaultRetention: contents._lock,
      lifecycleRules: [contents._lifecycle],
    });
    retain(this, bucket.node.defaultChild as CfnResource, 'Bucket');
    tagDataClass(bucket, DataClass.CUSTOMER_DATA);
    decline(bucket, 'S3BucketReplicationEnabled');
    return bucket;
  }

  private refuseToBypassLocks(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NoBypass',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:BypassGovernanceRetention'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
  }
}
