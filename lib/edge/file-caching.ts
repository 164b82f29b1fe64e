import { Duration } from 'aws-cdk-lib';
import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { physicalName } from '../core/physical-names';

export interface FileCachingProps {
  /** Headers that tell files apart; no others are sent on. */
  readonly headers: CacheHeaderBehavior;
  /** Parameters that tell files apart; no others are sent on. */
  readonly queryStrings: CacheQueryStringBehavior;
  /** How long a file is kept that says nothing about caching. */
  readonly defaultTtl: Duration;
}

/**
 * Keeps files that are the same for everybody. Whoever makes the file sees exactly what the cache tells files apart by,
 * never a cookie and never an `Authorization` header: it cannot make a personal one. CloudFront removes `Set-Cookie`
 * from the answer where it forwards no cookies (Developer Guide, "Cache content based on cookies").
 *
 * The minimum is zero, or CloudFront would keep what the shop calls `no-store`.
 */
export class FileCaching extends Construct {
  /** The policy. */
  public readonly policy: CachePolicy;

  public constructor(scope: Construct, id: string, { headers, queryStrings, defaultTtl }: FileCachingProps) {
    super(scope, id);
    this.policy = new CachePolicy(this, 'Policy', {
      cachePolicyName: physicalName(this, 'cachePolicy'),
      cookieBehavior: CacheCookieBehavior.none(),
      headerBehavior: headers,
      queryStringBehavior: queryStrings,
      minTtl: Duration.seconds(0),
      defaultTtl,
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** For files of the shop: kept only as long as the shop itself says. */
  public static ofShop(scope: Construct, id: string): FileCaching {
    return new FileCaching(scope, id, {
      // The load balancer shows the certificate of the host it is asked for.
      headers: CacheHeaderBehavior.allowList('Host'),
      queryStrings: CacheQueryStringBehavior.all(),
      defaultTtl: Duration.seconds(0),
    });
  }

  /** For pictures in a bucket, which says nothing about caching by itself. */
  public static ofBucket(scope: Construct, id: string): FileCaching {
    return new FileCaching(scope, id, {
      headers: CacheHeaderBehavior.none(),
      queryStrings: CacheQueryStringBehavior.none(),
      defaultTtl: Duration.days(1),
    });
  }
}
