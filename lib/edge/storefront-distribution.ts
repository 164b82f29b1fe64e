import { Duration } from 'aws-cdk-lib';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  Distribution,
  HttpVersion,
  SecurityPolicyProtocol,
  SSLMethod,
  type VpcOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { aws_wafv2 } from 'aws-cdk-lib/interfaces';
import { Construct, type IDependable } from 'constructs';
import { ContentSecurityPolicy } from '../application/content-security-policy';
import { acknowledge } from '../core/acknowledge';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import { weakly } from '../core/weak-reference';
import { MinimumTls, requireDistributionChoices, type DistributionChoices } from './distribution-choices';
import { requireHosts } from './hosts';
import { MEDIA_PATH, type MediaFiles } from './media-files';
import { requireShopPaths } from './path-patterns';
import { PrivateOrigin, replacesPrivateOrigin } from './private-origin';
import { replacementDigest } from './replacement-digest';
import { requireNamedScripts } from './script-sources';
import { StorefrontBehaviors } from './storefront-behaviors';
import { StrictTransportSecurity } from './strict-transport-security';
import type { VisitorLogin } from './visitor-login';

/** The shop behind the distribution, and what is special to it. */
export interface StorefrontDistributionProps extends DistributionChoices {
  /** The hosts of the shop. The first is the canonical one; visitors of the others are sent to it. */
  readonly hosts: string[];

  /** A certificate for all of the hosts, in us-east-1. */
  readonly certificate: ICertificate;

  /** The internal load balancer, which shows a certificate for the canonical host on port 443. */
  readonly origin: IApplicationLoadBalancer;

  /** The web ACL that looks at every request first, of scope `CLOUDFRONT`. */
  readonly webAcl: aws_wafv2.IWebACLRef;

  /**
   * What has to stand before CloudFront reaches into the VPC: the `ready` of a network.
   *
   * @default - nothing: the VPC's internet gateway is attached by the time this is deployed
   */
  readonly originReady?: IDependable;

  /**
   * Paths of files that are the same for everybody: `/assets/*`. They are fetched without cookies and kept as long as
   * the shop allows in `Cache-Control`.
   *
   * @default - nothing is cached
   */
  readonly cachedPaths?: string[];

  /**
   * Paths that programs call: `/store/*`. Over plain HTTP they are refused instead of led to HTTPS, because a program that
   * follows has already sent its token in the clear.
   *
   * @default - none: everything may begin with plain HTTP and is led to HTTPS
   */
  readonly apiPaths?: string[];

  /**
   * Product pictures in a bucket.
   *
   * @default - the shop serves its pictures itself
   */
  readonly media?: MediaFiles;

  /**
   * What pages may load, for every page that does not bring a policy of its own: `application.contentSecurityPolicy`.
   * `contentSources` come on top.
   *
   * @default - what the shop's own hosts serve
   */
  readonly contentSecurityPolicy?: ContentSecurityPolicy;

  /**
   * A name and a password without which nobody sees anything of the shop.
   *
   * @default - everybody sees it
   */
  readonly login?: VisitorLogin;

  /**
   * Tells search engines to list nothing of it.
   *
   * @default false
   */
  readonly unlisted?: boolean;
}

/**
 * What CloudFront keeps for ten seconds even where caching is off, although the page may have been made for one visitor.
 * It keeps other errors only when the shop says so in `Cache-Control` (Developer Guide, "HTTP 4xx and 5xx status codes
 * that CloudFront caches").
 */
const CACHED_ERRORS = [404, 414, 500, 501, 502, 503, 504];

const PROTOCOLS = {
  [MinimumTls.TLS_1_2]: SecurityPolicyProtocol.TLS_V1_2_2025,
  [MinimumTls.TLS_1_3]: SecurityPolicyProtocol.TLS_V1_3_2025,
} as const;

/**
 * The shop on the internet: TLS 1.2 of 2025 or later, HTTP/2 and HTTP/3, one canonical host, a web ACL before
 * everything, security headers on every answer, and a private way over TLS to a load balancer that nobody else reaches.
 *
 * Nothing personal is ever kept or mixed up: the cache is off except for paths that are named, those are fetched without
 * cookies and credentials, and errors are not kept at all.
 *
 * Costs nothing by itself; traffic to visitors is charged. A first deployment takes up to 15 minutes. Its access logs and
 * alarms come with a `DistributionTelemetry` in us-east-1, without which AwsSolutions-CFR3 objects.
 */
export class StorefrontDistribution extends Construct {
  /** The distribution. */
  public readonly distribution: Distribution;
  /** CloudFront's way into the VPC. */
  public readonly vpcOrigin: VpcOrigin;
  /** The host that all visitors end up at. */
  public readonly canonicalHost: string;

  /**
   * @throws BaselineError with everything that is wrong with the props: `ContentDirectiveUnknown`, `ContentSourceInvalid`,
   * `DefaultRootObjectInvalid`, `HostInvalid`, `HostMissing`, `HostTooLong`, `HostTwice`, `PathInvalid`, `PathTwice`,
   * `ResponseTimeoutInvalid`, `ScriptSourcesOpen`
   */
  public constructor(scope: Construct, id: string, props: StorefrontDistributionProps) {
    super(scope, id);
    validate(this, props);
    this.canonicalHost = props.hosts[0] ?? '';
    const origin = this.createOrigin(props);
    this.vpcOrigin = origin.vpcOrigin;
    this.distribution = this.createDistribution(props, this.createBehaviors(props, origin));
  }

  private createOrigin({ origin, originReady, responseTimeout }: StorefrontDistributionProps): PrivateOrigin {
    const props = {
      loadBalancer: origin,
      ready: originReady,
      responseTimeout: responseTimeout ?? Duration.seconds(60),
    };
    return new PrivateOrigin(this, `Origin${replacementDigest(this, replacesPrivateOrigin(props))}`, props);
  }

  private createBehaviors(props: StorefrontDistributionProps, { origin }: PrivateOrigin): StorefrontBehaviors {
    const { hosts, media, cachedPaths = [], apiPaths = [], contentSources = {}, strictTransportSecurity } = props;
    return new StorefrontBehaviors(this, 'Behaviors', {
      origin,
      canonicalHost: this.canonicalHost,
      strictTransportSecurity: strictTransportSecurity ?? StrictTransportSecurity._for(hosts),
      contentSecurityPolicy: policyOf(props).allowAll(contentSources),
      cachedPaths,
      apiPaths,
      media,
      login: props.login,
      unlisted: props.unlisted ?? false,
    });
  }

  private createDistribution(
    { hosts, certificate, webAcl, minimumTls, defaultRootObject }: StorefrontDistributionProps,
    { everything, byPath }: StorefrontBehaviors,
  ): Distribution {
    const distribution = new Distribution(this, 'Distribution', {
      comment: `The shop at ${this.canonicalHost}`,
      domainNames: hosts,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', weakly(certificate.certificateArn)),
      minimumProtocolVersion: PROTOCOLS[minimumTls ?? MinimumTls.TLS_1_2],
      sslSupportMethod: SSLMethod.SNI,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      webAclId: weakly(webAcl.webAclRef.webAclArn),
      defaultRootObject,
      defaultBehavior: everything,
      additionalBehaviors: byPath,
      errorResponses: CACHED_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    acknowledge(distribution, {
      rules: ['AwsSolutions-CFR1'],
      because:
        'A shop that is for some countries alone says so to its web ACL, which can still let webhooks in from anywhere; a restriction of the distribution cannot.',
    });
    return distribution;
  }
}

/** What pages may load, before anything is added. */
function policyOf({ contentSecurityPolicy }: StorefrontDistributionProps): ContentSecurityPolicy {
  return contentSecurityPolicy ?? ContentSecurityPolicy.ownHostOnly();
}

function validate(construct: StorefrontDistribution, props: StorefrontDistributionProps): void {
  const { hosts, media, cachedPaths = [], apiPaths = [] } = props;
  const problems = new Problems(`StorefrontDistribution ${construct.node.path}`);
  requireHosts(problems, hosts);
  requireShopPaths(problems, { cachedPaths, apiPaths, mediaPath: media && (media.path ?? MEDIA_PATH) });
  if (keeps(construct, 'distribution.named-scripts', props.withoutNamedScripts)) {
    requireNamedScripts(problems, policyOf(props));
  }
  requireDistributionChoices(problems, props, policyOf(props));
  problems.throwIfAny();
}
