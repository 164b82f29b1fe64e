import { Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  S3OriginAccessControl,
  Signing,
  ViewerProtocolPolicy,
  type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { letDistributionsRead } from '../core/bucket-use';
import { physicalName } from '../core/physical-names';
import { FileCaching } from './file-caching';
import { SecurityHeaders } from './security-headers';
import type { StrictTransportSecurity } from './strict-transport-security';

/** Product pictures and other uploads that everybody may see. */
export interface MediaFiles {
  /**
   * The bucket. Everything in it under `path` becomes public through the distribution, and nothing else does. Its policy
   * lets in the distributions of this account; to an imported bucket the owner has to add that.
   */
  readonly bucket: IBucket;

  /**
   * Path under which visitors fetch them, and prefix of their keys in the bucket: `/media` serves `media/shoe.jpg`.
   *
   * @default /media
   */
  readonly path?: string;
}

/** Where media are, unless somebody says otherwise. */
export const MEDIA_PATH = '/media';

export interface MediaBehaviorProps {
  /** Where the uploads are. */
  readonly bucket: IBucket;
  /** What browsers are told with each of them. */
  readonly strictTransportSecurity: StrictTransportSecurity;
  /** Whether search engines are told to list none of them. */
  readonly unlisted: boolean;
}

/** The way to uploads in a private bucket: read only, signed by CloudFront, cached for everybody. */
export class MediaBehavior extends Construct {
  /** The behaviour, for `path/*`. */
  public readonly behavior: BehaviorOptions;

  public constructor(scope: Construct, id: string, props: MediaBehaviorProps) {
    super(scope, id);
    const { bucket } = props;
    if (!letDistributionsRead(bucket)) {
      Validations.of(this).addWarning(
        'cdk-commerce-baseline:StorefrontDistribution.mediaBucketPolicy',
        'The media bucket is imported: add to its policy that cloudfront.amazonaws.com may s3:GetObject for distributions of this account.',
      );
    }
    const control = new S3OriginAccessControl(this, 'AccessControl', {
      originAccessControlName: physicalName(this, 'originAccessControl'),
      signing: Signing.SIGV4_ALWAYS,
    });
    this.behavior = {
      origin: S3BucketOrigin.withBucketDefaults(bucket, { originAccessControlId: control.originAccessControlId }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: FileCaching.ofBucket(this, 'Caching').policy,
      responseHeadersPolicy: SecurityHeaders.ofUploads(this, 'Headers', props).policy,
      compress: true,
    };
  }
}

/** Which requests are for media, as CloudFront writes it. */
export function mediaPattern({ path = MEDIA_PATH }: MediaFiles): string {
  return `${path}/*`;
}
