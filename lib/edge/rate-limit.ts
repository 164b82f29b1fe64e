import { Duration } from 'aws-cdk-lib';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Problems } from '../core/errors';

/** The only windows AWS WAF counts over, in seconds, and the lowest limit it takes. */
const WINDOWS = [60, 120, 300, 600];
const LOWEST = 10;

/**
 * How many requests are too many, and whose requests are counted together.
 *
 * Shoppers on mobile networks share addresses by the thousand, so a limit for each address alone that stops somebody
 * who tries stolen cards also stops a sale. The finer keys split an address; what lacks part of such a key, or changes
 * it with each request, is caught by a plain ceiling for the address above them.
 */
export class RateLimit {
  /**
   * Counts the requests of each address.
   *
   * @param requests the most in one window, 10 or more
   * @param window 1, 2, 5 or 10 minutes; 5 when left out
   */
  public static byAddress(requests: number, window?: Duration): RateLimit {
    return new RateLimit(requests, window ?? Duration.minutes(5));
  }

  /**
   * Counts the requests of each kind of client at each address. Kinds are told apart by how they open a TLS connection
   * (JA4), which a header cannot forge.
   *
   * @param requests the most in one window, 10 or more
   * @param window 1, 2, 5 or 10 minutes; 5 when left out
   */
  public static byAddressAndClient(requests: number, window?: Duration): RateLimit {
    const client = { ja4Fingerprint: { fallbackBehavior: 'MATCH' } };
    return new RateLimit(requests, window ?? Duration.minutes(5), [{ ip: {} }, client]);
  }

  /**
   * Counts the requests of each session at each address. Requests without the cookie are not counted.
   *
   * @param cookie name of the cookie that holds the session
   * @param requests the most in one window, 10 or more
   * @param window 1, 2, 5 or 10 minutes; 5 when left out
   */
  public static byAddressAndCookie(cookie: string, requests: number, window?: Duration): RateLimit {
    const session = { cookie: { name: cookie, textTransformations: [{ priority: 0, type: 'NONE' }] } };
    return new RateLimit(requests, window ?? Duration.minutes(5), [{ ip: {} }, session]);
  }

  private constructor(
    /** The most requests in one window. */
    public readonly requests: number,
    /** The window. */
    public readonly window: Duration,
    private readonly keys?: CfnWebACL.RateBasedStatementCustomKeyProperty[],
  ) {}

  /** @internal */
  public _statement(scopeDownStatement?: CfnWebACL.StatementProperty): CfnWebACL.StatementProperty {
    return {
      rateBasedStatement: {
        limit: this.requests,
        evaluationWindowSec: this.window.toSeconds(),
        aggregateKeyType: this.keys === undefined ? 'IP' : 'CUSTOM_KEYS',
        customKeys: this.keys,
        scopeDownStatement,
      },
    };
  }

  /** @internal */
  public _validate(problems: Problems, property: string): void {
    problems.require(Number.isInteger(this.requests) && this.requests >= LOWEST, {
      code: 'RateLimitTooLow',
      property,
      value: this.requests,
      bound: `be a whole number of at least ${LOWEST} requests`,
      remedy: 'Raise it, or count over a longer window.',
    });
    problems.require(WINDOWS.includes(this.window.toSeconds()), {
      code: 'RateLimitWindowInvalid',
      property,
      value: this.window.toHumanString(),
      bound: 'be counted over 1, 2, 5 or 10 minutes',
      remedy: 'Take the nearest of the four windows and scale the limit.',
    });
  }
}
