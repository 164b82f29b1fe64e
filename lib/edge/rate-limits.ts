import { RequestKind } from '../application/request-class';
import { RateLimit } from './rate-limit';

/**
 * How many requests are too many. The defaults leave room for a sale at which thousands of shoppers share the addresses
 * of a mobile network; read the log of a cut-over and lower them to what the shop needs.
 */
export interface RateLimits {
  /**
   * Of any kind.
   *
   * @default RateLimit.byAddress(10000) - 33 a second for five minutes
   */
  readonly total?: RateLimit;

  /**
   * Logins, sign-ups and checkouts together: the ceiling for whoever slips through the finer limits.
   *
   * @default RateLimit.byAddress(1000)
   */
  readonly sensitive?: RateLimit;

  /**
   * Logins, one-time codes and password resets.
   *
   * @default RateLimit.byAddressAndClient(100)
   */
  readonly login?: RateLimit;

  /**
   * Sign-ups.
   *
   * @default RateLimit.byAddressAndClient(50)
   */
  readonly signUp?: RateLimit;

  /**
   * Payments and codes, where stolen cards are tried.
   *
   * @default RateLimit.byAddressAndClient(100)
   */
  readonly checkout?: RateLimit;

  /**
   * Requests of the staff's part of the shop.
   *
   * @default - no limit of their own
   */
  readonly admin?: RateLimit;
}

/** A limit, and the kinds of requests it counts. */
export interface EffectiveRateLimit {
  readonly name: string;
  readonly limit: RateLimit;
  /** Empty: requests of any kind. */
  readonly kinds: readonly RequestKind[];
}

const { LOGIN, SIGN_UP, CHECKOUT, ADMIN } = RequestKind;

/** The limits that hold, the plain ones first. */
export function effectiveRateLimits(limits: RateLimits = {}): EffectiveRateLimit[] {
  return [
    { name: 'total', kinds: [], limit: limits.total ?? RateLimit.byAddress(10_000) },
    { name: 'sensitive', kinds: [LOGIN, SIGN_UP, CHECKOUT], limit: limits.sensitive ?? RateLimit.byAddress(1000) },
    { name: 'login', kinds: [LOGIN], limit: limits.login ?? RateLimit.byAddressAndClient(100) },
    { name: 'signUp', kinds: [SIGN_UP], limit: limits.signUp ?? RateLimit.byAddressAndClient(50) },
    { name: 'checkout', kinds: [CHECKOUT], limit: limits.checkout ?? RateLimit.byAddressAndClient(100) },
    ...(limits.admin === undefined ? [] : [{ name: 'admin', kinds: [ADMIN], limit: limits.admin }]),
  ];
}

/** The name of the rule that holds a limit: `LimitSignUp`. */
export function rateRuleName(limit: string): string {
  return `Limit${limit.charAt(0).toUpperCase()}${limit.slice(1)}`;
}
