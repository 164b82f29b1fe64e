import type { RequestMatcher, StorefrontRequest } from './request-matcher';

/** What a request is for. A firewall treats each kind in its own way. */
export enum RequestKind {
  /** Tries a password, a one-time code or a reset link. Limited, and inspected for stolen passwords. */
  LOGIN = 'login',
  /** Creates an account. Limited. */
  SIGN_UP = 'sign-up',
  /** Starts or completes a payment, or redeems a code: where stolen cards are tried. Limited. */
  CHECKOUT = 'checkout',
  /** Belongs to the staff's part of the shop. */
  ADMIN = 'admin',
  /** Comes from another company's server, which runs at a hosting provider and cannot solve a puzzle. */
  WEBHOOK = 'webhook',
  /** Carries a file, a long form or HTML on purpose: rules about the size and the scripts of a body do not apply. */
  UPLOAD = 'upload',
  /** Is answered with data and not with a page: a browser cannot show a challenge in its place. */
  API = 'api',
  /** Fetches a file that is the same for everybody: may be cached, and is not worth the price of bot detection. */
  ASSETS = 'assets',
  /** Has no place in the shop: refused before anything else looks at it. */
  CLOSED = 'closed',
}

/** Requests that serve one purpose, recognised by method, path and query. */
export class RequestClass {
  /** Requests that try a password, a one-time code or a reset link. */
  public static login(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.LOGIN, matchers);
  }

  /** Requests that create an account. */
  public static signUp(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.SIGN_UP, matchers);
  }

  /** Requests that start or complete a payment, or redeem a code. */
  public static checkout(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.CHECKOUT, matchers);
  }

  /** Requests of the staff's part of the shop. */
  public static admin(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.ADMIN, matchers);
  }

  /** Requests that another company's server sends. */
  public static webhook(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.WEBHOOK, matchers);
  }

  /** Requests that carry a file, a long form or HTML on purpose. */
  public static upload(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.UPLOAD, matchers);
  }

  /** Requests that are answered with data and not with a page. */
  public static api(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.API, matchers);
  }

  /** Requests for files that are the same for everybody. */
  public static assets(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.ASSETS, matchers);
  }

  /** Requests that nobody has a reason to send. */
  public static closed(...matchers: RequestMatcher[]): RequestClass {
    return new RequestClass(RequestKind.CLOSED, matchers);
  }

  private constructor(
    /** What the requests are for. */
    public readonly kind: RequestKind,
    /** How they are recognised: any of these. */
    public readonly matchers: RequestMatcher[],
  ) {}

  /** Whether the request is one of these. */
  public matches(request: StorefrontRequest): boolean {
    return this.matchers.some((matcher) => matcher.matches(request));
  }
}
