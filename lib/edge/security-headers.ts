import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { ContentSecurityPolicy } from '../application/content-security-policy';
import { physicalName } from '../core/physical-names';
import type { StrictTransportSecurity } from './strict-transport-security';

/** What holds for everything that a distribution answers. */
export interface CommonHeaders {
  /** For how many hosts browsers remember to speak TLS only. */
  readonly strictTransportSecurity: StrictTransportSecurity;
  /** Whether search engines are told to list nothing. */
  readonly unlisted: boolean;
}

export interface SecurityHeadersProps extends CommonHeaders {
  /** What a page may load. */
  readonly contentSecurityPolicy: string;
  /** Whether a policy that the origin sends takes the place of this one. */
  readonly originDecides: boolean;
  /** Who may show the page in a frame. */
  readonly frameOption: HeadersFrameOption;
  /** Origins of frames that may ask for a payment, besides the page itself. */
  readonly paymentFrames: readonly string[];
}

/** They tell an attacker which exploits to try, and nobody else anything. */
const REMOVED = ['Server', 'X-Powered-By'];

/** Every search engine that matters keeps to it, also for pictures, which a meta element cannot speak for. */
const UNLISTED = { header: 'X-Robots-Tag', value: 'noindex, nofollow', override: true };

/** What no shop needs is switched off for its pages and for every frame in them. */
const NOBODY = ['camera', 'display-capture', 'microphone', 'midi', 'serial', 'usb'];

/** Uploads show themselves: a picture or page that somebody uploaded runs no script and sends no form on the shop's host. */
const SEALED =
  "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The headers that tell browsers what a page may do, on every response. */
export class SecurityHeaders extends Construct {
  /**
   * For the shop itself. A policy of its own, for example with a nonce for its checkout, takes the place of
   * `contentSecurityPolicy`; every other header is ours.
   */
  public static ofShop(
    scope: Construct,
    id: string,
    contentSecurityPolicy: ContentSecurityPolicy,
    common: CommonHeaders,
  ): SecurityHeaders {
    const { directives } = contentSecurityPolicy;
    const framedByItself = (directives['frame-ancestors'] ?? []).includes("'self'");
    const frames = (directives['frame-src'] ?? []).flatMap((source) => source.match(/^https:\/\/[^/]+/) ?? []);
    return new SecurityHeaders(scope, id, {
      ...common,
      contentSecurityPolicy: `${contentSecurityPolicy.render()}; upgrade-insecure-requests`,
      originDecides: true,
      frameOption: framedByItself ? HeadersFrameOption.SAMEORIGIN : HeadersFrameOption.DENY,
      paymentFrames: [...new Set(frames)],
    });
  }

  /** For what somebody uploaded. */
  public static ofUploads(scope: Construct, id: string, common: CommonHeaders): SecurityHeaders {
    return new SecurityHeaders(scope, id, {
      ...common,
      contentSecurityPolicy: SEALED,
      originDecides: false,
      frameOption: HeadersFrameOption.SAMEORIGIN,
      paymentFrames: [],
    });
  }

  /** The policy that adds the headers. */
  public readonly policy: ResponseHeadersPolicy;

  private constructor(scope: Construct, id: string, props: SecurityHeadersProps) {
    super(scope, id);
    const { contentSecurityPolicy, frameOption } = props;
    const referrerPolicy = HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN;
    this.policy = new ResponseHeadersPolicy(this, 'Policy', {
      responseHeadersPolicyName: physicalName(this, 'responseHeadersPolicy'),
      securityHeadersBehavior: {
        strictTransportSecurity: props.strictTransportSecurity._behavior,
        contentSecurityPolicy: { contentSecurityPolicy, override: !props.originDecides },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption, override: true },
        referrerPolicy: { referrerPolicy, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Permissions-Policy', value: permissions(props.paymentFrames), override: true },
          // Popups keep their opener: that is how the payment window of a gateway reports back.
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups', override: true },
          ...(props.unlisted ? [UNLISTED] : []),
        ],
      },
      removeHeaders: REMOVED,
    });
  }
}

function permissions(paymentFrames: readonly string[]): string {
  const payers = ['self', ...paymentFrames.map((origin) => `"${origin}"`)];
  return [...NOBODY.map((feature) => `${feature}=()`), 'geolocation=(self)', `payment=(${payers.join(' ')})`].join(
    ', ',
  );
}
