import { Token, type Duration } from 'aws-cdk-lib';
import { requireContentSources, type ContentSecurityPolicy } from '../application/content-security-policy';
import type { Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';
import { requireNamedAdditions } from './script-sources';
import type { StrictTransportSecurity } from './strict-transport-security';

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
   * What pages may load beside what the shop itself needs, by directive of the content security policy: the scripts and
   * frames of a payment gateway, the picture host of an admin plug-in.
   *
   *     { 'script-src': ['https://js.stripe.com'], 'frame-src': ['https://js.stripe.com', 'https://hooks.stripe.com'] }
   *
   * Added to the sources that hold without it, never in their place. A frame that is allowed may also ask for a payment.
   *
   * @default - nothing: the policy of the shop's profile
   */
  readonly contentSources?: { readonly [directive: string]: string[] };

  /**
   * Gives up that scripts come from named hosts alone, for a shop whose pages contain scripts and that cannot send a
   * nonce. Needed as soon as `'unsafe-inline'`, `'unsafe-eval'` or a whole scheme stands among the sources of scripts, in
   * `contentSources` or in the policy of the shop's profile; it allows nothing by itself. The profile of Medusa needs
   * none of them.
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

/** CloudFront's quota for the response timeout of an origin, without a request to raise it. */
const LONGEST_RESPONSE_SECONDS = 120;

/**
 * Refuses what CloudFront does not have, and content sources that browsers would misread.
 *
 * @param problems where they are recorded
 * @param choices what somebody chose
 * @param policy to which content sources are added
 */
export function requireDistributionChoices(
  problems: Problems,
  choices: DistributionChoices,
  policy: ContentSecurityPolicy,
): void {
  const { contentSources = {}, responseTimeout, defaultRootObject } = choices;
  for (const [directive, sources] of Object.entries(contentSources)) {
    requireContentSources(problems, { directive, sources, property: `contentSources['${directive}']` });
  }
  if (choices.withoutNamedScripts === undefined) {
    requireNamedAdditions(problems, policy, contentSources);
  }
  const seconds = responseTimeout?.toSeconds() ?? 1;
  problems.require(Token.isUnresolved(seconds) || (seconds >= 1 && seconds <= LONGEST_RESPONSE_SECONDS), {
    code: 'ResponseTimeoutInvalid',
    property: 'responseTimeout',
    value: `${seconds} seconds`,
    bound: `be 1 to ${LONGEST_RESPONSE_SECONDS} seconds`,
    remedy: 'Let what takes longer run in a worker, and let the page ask for the result.',
  });
  const isPath = defaultRootObject === undefined || /^[^/].{0,254}$/.test(defaultRootObject);
  problems.require(isPath || Token.isUnresolved(defaultRootObject), {
    code: 'DefaultRootObjectInvalid',
    property: 'defaultRootObject',
    value: defaultRootObject,
    bound: 'be 1 to 255 characters, without a slash in front',
    remedy: 'Write the path as it follows the host and its slash: index.html.',
  });
}
