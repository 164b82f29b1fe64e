import { Duration, type CfnResource } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { disposalOf } from '../core/disposal';
import { removalPolicyOf, retain } from '../core/stateful';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';

/** Which key. */
export interface ImageRepositoryProps {
  /**
   * Key for the images. Can never be changed later.
   *
   * @default - a `DataKey` for customer data
   */
  readonly key?: IKey;
}

/** How many images stay. One that a service still names must be among them, or a new task cannot start. */
const KEPT_IMAGES = 500;

/** How long an image without a tag stays: long enough to roll back to it. */
const KEPT_UNTAGGED = Duration.days(30);

/**
 * A repository of the store's own images: a tag once pushed never moves, images are encrypted, scanned on every push and
 * retained; the newest 500 stay, and those without a tag for 30 days.
 *
 * It starts empty, and a service whose image is missing never becomes stable. So: deploy the repository, push, then
 * deploy the service with `ShopImage.fromRepository(…)`. Costs about 0.10 USD a GB and month.
 */
export class ImageRepository extends Construct {
  /** The repository. Grant `grantPullPush` to whoever builds. */
  public readonly repository: Repository;

  public constructor(scope: Construct, id: string, props: ImageRepositoryProps = {}) {
    super(scope, id);
    this.repository = new Repository(this, 'Repository', {
      imageTagMutability: TagMutability.IMMUTABLE,
      encryption: RepositoryEncryption.KMS,
      encryptionKey: props.key ?? new DataKey(this, 'Key', { dataClass: DataClass.CUSTOMER_DATA }),
      imageScanOnPush: true,
      emptyOnDelete: disposalOf(this) !== undefined,
      removalPolicy: removalPolicyOf(this),
      lifecycleRules: [
        { tagStatus: TagStatus.UNTAGGED, maxImageAge: KEPT_UNTAGGED },
        { tagStatus: TagStatus.ANY, maxImageCount: KEPT_IMAGES },
      ],
    });
    retain(this, this.repository.node.defaultChild as CfnResource, 'Repository');
  }
}
