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
import type { Waiver } from '../core/waiver';
import { weakly } from '../core/weak-reference';
import { requireHosts } from './hosts';
import { MEDIA_PATH, mediaPattern, type MediaFiles } from './media-files';
import { requireDirectory, requireDistinct, requirePatterns } from './path-patterns';
import { PrivateOrigin, replacesPrivateOrigin } from './private-origin';
import { replacementDigest } from './replacement-digest';
import { requireNamedScripts } from './script-sources';
import { StorefrontBehaviors } from './storefront-behaviors';
import { StrictTransportSecurity } from './strict-transport-security';

/** The oldest TLS that visitors may speak, each with the ciphers AWS published for it in 2025. */
export enum MinimumTls {
  /** TLS 1.2, with forward secrecy and authenticated encryption only. Every browser in use speaks it. */
  TLS_1_2 = 'TLSv1.2_2025',
  /** TLS 1.3. Shuts out browsers and payment gateways' webhooks that are older than 2018. */
  TLS_1_3 = 'TLSv1.3_2025',
}

/** What browsers are told and what CloudFront accepts: choices of a store that depend on no other part of it. */
export interface DistributionChoices {
  /**
   * Gives up that scripts come from named hosts alone, for a shop whose pages contain scripts and that cannot send a
   * nonce. `contentSecurityPolicy` may then allow `'unsafe-inline'` and the like.
   *
   * @default - a policy that leaves the source of scripts open is refused
   */
  readonly withoutNamedScripts?: Waiver;

  /**
   * For how many hosts browsers remember to speak TLS only.
   *
   * @default - the shop's hosts and those below them; without those below where a host looks like a company's own
   * (`acme.example`, `acme.co.uk`)
   */
  readonly strictTransportSecurity?: StrictTransportSecurity;

  /**
   * The oldest TLS that visitors may speak.
   *
   * @default MinimumTls.TLS_1_2
   */
  readonly minimumTls?: MinimumTls;

  /**
   * How long the shop may take to answer, 1 to 120 seconds.
   *
   * @default 60 seconds
   */
  readonly responseTimeout?: Duration;

  /**
   * The path that is fetched in place of `/`, without a slash in front. Security Hub's CloudFront.1 (PCI DSS 4.0.1, 2.2.6)
   * asks for one as soon as a distribution has a bucket behind it, which is with `media`; `/` never leads there.
   *
   * @default - none: `/` is the shop's home page
   */
  readonly defaultRootObject?: string;
}

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
   * What pages may load, for every page that does not bring a policy of its own.
   *
   * @default - what the shop's own hosts serve
   */
  readonly contentSecurityPolicy?: ContentSecurityPolicy;
}

/** CloudFront's quota for the response timeout of an origin, without a request to raise it. */
const LONGEST_RESPONSE_SECONDS = 120;

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
   * @throws BaselineError with everything that is wrong with the props: `HostInvalid`, `HostMissing`, `HostTooLong`, `HostTwice`,
   * `PathInvalid`, `PathTwice`, `ResponseTimeoutInvalid`, `ScriptSourcesOpen`
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
    const { hosts, media, cachedPaths = [], apiPaths = [], contentSecurityPolicy, strictTransportSecurity } = props;
    return new StorefrontBehaviors(this, 'Behaviors', {
      origin,
      canonicalHost: this.canonicalHost,
      strictTransportSecurity: strictTransportSecurity ?? StrictTransportSecurity._for(hosts),
      contentSecurityPolicy: contentSecurityPolicy ?? ContentSecurityPolicy.ownHostOnly(),
      cachedPaths,
      apiPaths,
      media,
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

function validate(construct: StorefrontDistribution, props: StorefrontDistributionProps): void {
  const { hosts, media, cachedPaths = [], apiPaths = [], contentSecurityPolicy, responseTimeout } = props;
  const mediaPaths = media === undefined ? [] : [mediaPattern(media)];
  const problems = new Problems(`StorefrontDistribution ${construct.node.path}`);
  requireHosts(problems, hosts);
  requirePatterns(problems, 'cachedPaths', cachedPaths);
  requirePatterns(problems, 'apiPaths', apiPaths);
  requireDirectory(problems, 'media.path', media?.path ?? MEDIA_PATH);
  requireDistinct(problems, 'cachedPaths', [...mediaPaths, ...cachedPaths, ...apiPaths]);
  if (keeps(construct, 'distribution.named-scripts', props.withoutNamedScripts)) {
    requireNamedScripts(problems, contentSecurityPolicy ?? ContentSecurityPolicy.ownHostOnly());
  }
  const seconds = responseTimeout?.toSeconds() ?? 1;
  problems.require(seconds >= 1 && seconds <= LONGEST_RESPONSE_SECONDS, {
    code: 'ResponseTimeoutInvalid',
    property: 'responseTimeout',
    value: `${seconds} seconds`,
    bound: `be 1 to ${LONGEST_RESPONSE_SECONDS} seconds`,
    remedy: 'Let what takes longer run in a worker, and let the page ask for the result.',
  });
  problems.throwIfAny();
}
