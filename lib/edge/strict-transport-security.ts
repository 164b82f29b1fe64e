import { Duration } from 'aws-cdk-lib';
import type { ResponseHeadersStrictTransportSecurity } from 'aws-cdk-lib/aws-cloudfront';
import { looksLikeApex } from './hosts';

/** Two years: what browsers' preload list asks for at least, and security scanners with it. */
const REMEMBERED = Duration.days(730);

/**
 * For how many hosts browsers remember to speak TLS only, for two years after their last visit. What a browser has
 * remembered cannot be taken back: a host that is covered and has no TLS is unreachable for whoever visited the shop.
 */
export class StrictTransportSecurity {
  /** For the shop's hosts and nothing else. */
  public static hostOnly(): StrictTransportSecurity {
    return new StrictTransportSecurity(false, false);
  }

  /** For the shop's hosts and every host below them. On `acme.example` these are all hosts of the company. */
  public static withSubdomains(): StrictTransportSecurity {
    return new StrictTransportSecurity(true, false);
  }

  /**
   * As `withSubdomains`, and asks to be built into browsers themselves (https://hstspreload.org, where somebody has to
   * submit the name). Leaving that list takes months.
   */
  public static preloaded(): StrictTransportSecurity {
    return new StrictTransportSecurity(true, true);
  }

  /**
   * With subdomains where they belong to the shop; the host alone where it looks like the whole company's name.
   * @internal
   */
  public static _for(hosts: readonly string[]): StrictTransportSecurity {
    return hosts.some(looksLikeApex) ? StrictTransportSecurity.hostOnly() : StrictTransportSecurity.withSubdomains();
  }

  private constructor(
    /** Whether hosts below the shop's are covered. */
    public readonly includeSubdomains: boolean,
    /** Whether browsers may build it in. */
    public readonly preload: boolean,
  ) {}

  /** @internal */
  public get _behavior(): ResponseHeadersStrictTransportSecurity {
    const { includeSubdomains, preload } = this;
    return { accessControlMaxAge: REMEMBERED, includeSubdomains, preload, override: true };
  }

  /** @internal */
  public get _header(): string {
    const subdomains = this.includeSubdomains ? '; includeSubDomains' : '';
    return `max-age=${REMEMBERED.toSeconds()}${subdomains}${this.preload ? '; preload' : ''}`;
  }
}
