import {
  AllowedMethods,
  CachePolicy,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
  type BehaviorOptions,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { ContentSecurityPolicy } from '../application/content-security-policy';
import { FileCaching } from './file-caching';
import { MediaBehavior, mediaPattern, type MediaFiles } from './media-files';
import { SecurityHeaders } from './security-headers';
import type { StrictTransportSecurity } from './strict-transport-security';
import { ViewerRequest } from './viewer-request';
import type { VisitorLogin } from './visitor-login';

export interface StorefrontBehaviorsProps {
  /** The shop. */
  readonly origin: IOrigin;
  /** The host that everybody ends up at. */
  readonly canonicalHost: string;
  /** For how many hosts browsers remember to speak TLS only. */
  readonly strictTransportSecurity: StrictTransportSecurity;
  /** What pages of the shop may load. */
  readonly contentSecurityPolicy: ContentSecurityPolicy;
  /** Files that are the same for everybody. */
  readonly cachedPaths: readonly string[];
  /** What programs call. */
  readonly apiPaths: readonly string[];
  /**
   * Uploads in a bucket.
   *
   * @default - none
   */
  readonly media?: MediaFiles;
  /**
   * What visitors have to know.
   *
   * @default - everybody sees the shop
   */
  readonly login?: VisitorLogin;
  /** Whether search engines are told to list nothing. */
  readonly unlisted: boolean;
}

/** What happens to a request by its path. A behaviour either forwards everything or caches, never both. */
export class StorefrontBehaviors extends Construct {
  /** For every path that is not named: all of it reaches the shop, nothing is kept. */
  public readonly everything: BehaviorOptions;
  /** For named paths. CloudFront takes the first that matches. */
  public readonly byPath: { readonly [pattern: string]: BehaviorOptions };

  public constructor(scope: Construct, id: string, props: StorefrontBehaviorsProps) {
    super(scope, id);
    const { canonicalHost: host, strictTransportSecurity, contentSecurityPolicy, login } = props;
    const request = new ViewerRequest(this, 'ViewerRequest', { host, strictTransportSecurity, login });
    const headers = SecurityHeaders.ofShop(this, 'Headers', contentSecurityPolicy, props);
    this.everything = {
      origin: props.origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
      responseHeadersPolicy: headers.policy,
      functionAssociations: [request.association],
      compress: false,
    };
    this.byPath = { ...this.mediaOf(props), ...this.filesAt(props.cachedPaths), ...this.apisAt(props.apiPaths) };
  }

  private mediaOf({ media, ...common }: StorefrontBehaviorsProps): Record<string, BehaviorOptions> {
    if (media === undefined) {
      return {};
    }
    const { behavior } = new MediaBehavior(this, 'Media', { ...common, bucket: media.bucket });
    const { functionAssociations } = this.everything;
    return { [mediaPattern(media)]: { ...behavior, functionAssociations } };
  }

  private filesAt(paths: readonly string[]): Record<string, BehaviorOptions> {
    if (paths.length === 0) {
      return {};
    }
    const file: BehaviorOptions = {
      ...this.everything,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: FileCaching.ofShop(this, 'Files').policy,
      originRequestPolicy: undefined,
      compress: true,
    };
    return Object.fromEntries(paths.map((path) => [path, file]));
  }

  private apisAt(paths: readonly string[]): Record<string, BehaviorOptions> {
    const api = { ...this.everything, viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY };
    return Object.fromEntries(paths.map((path) => [path, api]));
  }
}
