import { Duration } from 'aws-cdk-lib';
import { ObjectLockRetention, StorageClass, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Problems } from '../core/errors';

/**
 * How long an overwritten or deleted object can be brought back: as long as the database's point-in-time recovery, so
 * that both can return to one moment before a mistake or an extortionist. And no longer, because what a customer had
 * deleted has to be gone.
 */
const UNDO = Duration.days(35);

/** An upload that stopped half-way is billed and cannot be seen; whoever resumes does so within days. */
const STALLED_UPLOAD = Duration.days(7);

/** Evidence is looked at when it is fresh. Instant Retrieval answers at once too, for a quarter of the price. */
const COOLED = Duration.days(90);

/** S3 takes retention up to a hundred years. */
const LONGEST = 36_500;

/** The longest statutory retention of business records is ten years; what is longer and cannot be undone is a slip. */
const LONGEST_IRREVOCABLE = 3_653;

/** What an `ObjectStore` holds, and so how long it keeps it and who else reads it. */
export class ObjectContents {
  /**
   * What customers gave the shop or the shop made for them: uploads, invoices, exports. Nothing expires; what was
   * overwritten or deleted can be brought back for 35 days.
   */
  public static customerFiles(): ObjectContents {
    return new ObjectContents(false);
  }

  /**
   * Product pictures and the like, which everybody may see: the CloudFront distributions of this account may read every
   * object. Nothing expires; what was overwritten or deleted can be brought back for 35 days.
   */
  public static media(): ObjectContents {
    return new ObjectContents(true);
  }

  /**
   * Records that must not change: each object is locked for `retention` from its writing (governance mode), and nobody
   * may bypass the lock unless the bucket's policy is changed first, which shows in CloudTrail. Nothing expires after it.
   *
   * @param retention 1 to 36,500 days
   * @throws BaselineError `EvidenceRetentionOutOfRange`
   */
  public static evidence(retention: Duration): ObjectContents {
    requireDays('evidence', retention, LONGEST);
    return new ObjectContents(false, ObjectLockRetention.governance(retention));
  }

  /**
   * As `evidence`, but irrevocable (compliance mode): until `retention` has passed, nobody can delete an object or
   * shorten its lock, neither the root user nor AWS, and every byte is paid for. The only way out is to close the
   * account.
   *
   * @param retention 1 to 3,653 days
   * @throws BaselineError `EvidenceRetentionOutOfRange`
   */
  public static irrevocableEvidence(retention: Duration): ObjectContents {
    requireDays('irrevocableEvidence', retention, LONGEST_IRREVOCABLE);
    return new ObjectContents(false, ObjectLockRetention.compliance(retention));
  }

  private constructor(
    /** @internal */
    public readonly _isPublished: boolean,
    /** @internal */
    public readonly _lock?: ObjectLockRetention,
  ) {}

  /** @internal */
  public get _lifecycle(): LifecycleRule {
    return {
      abortIncompleteMultipartUploadAfter: STALLED_UPLOAD,
      noncurrentVersionExpiration: UNDO,
      expiredObjectDeleteMarker: true,
      transitions: this._lock && [{ storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: COOLED }],
    };
  }
}

function requireDays(factory: string, retention: Duration, longest: number): void {
  const days = retention.toDays({ integral: false });
  const problems = new Problems(`ObjectContents.${factory}`);
  problems.require(Number.isInteger(days) && days >= 1 && days <= longest, {
    code: 'EvidenceRetentionOutOfRange',
    property: 'retention',
    value: retention.toHumanString(),
    bound: `be a whole number of days from 1 to ${longest}`,
    remedy: 'Write what the law or the standard asks for: Duration.days(396) for PCI DSS, for example.',
  });
  problems.throwIfAny();
}
