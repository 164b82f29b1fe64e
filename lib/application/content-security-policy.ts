import { Problems } from '../core/errors';

/** One source: blanks separate sources, semicolons directives, commas whole policies. */
const SOURCE = /^[^\s;,]+$/;

/** What browsers read as the name of a host unless it stands in quotation marks. */
const KEYWORD =
  /^(none|self|report-sample|strict-dynamic|unsafe-[a-z-]+|wasm-unsafe-eval|(nonce|sha256|sha384|sha512)-.+)$/;

/** Directives that name what may be loaded, and what holds where one of them is missing: CSP Level 3, 6.8.3. */
const FALLBACKS: { readonly [directive: string]: readonly string[] } = {
  'default-src': [],
  'child-src': ['default-src'],
  'connect-src': ['default-src'],
  'font-src': ['default-src'],
  'frame-src': ['child-src', 'default-src'],
  'img-src': ['default-src'],
  'manifest-src': ['default-src'],
  'media-src': ['default-src'],
  'object-src': ['default-src'],
  'script-src': ['default-src'],
  'script-src-attr': ['script-src', 'default-src'],
  'script-src-elem': ['script-src', 'default-src'],
  'style-src': ['default-src'],
  'style-src-attr': ['style-src', 'default-src'],
  'style-src-elem': ['style-src', 'default-src'],
  'worker-src': ['child-src', 'script-src', 'default-src'],
  'base-uri': [],
  'form-action': [],
  'frame-ancestors': [],
};

/**
 * What pages of a shop may load and where they may send data. Immutable: each `allow` returns a new policy, so that a
 * store can add the hosts of its payment gateway to what the application itself needs.
 *
 *     ContentSecurityPolicy.ownHostOnly().allow('frame-src', 'https://js.stripe.com')
 */
export class ContentSecurityPolicy {
  /** Everything from the shop's own host, no plug-ins, no framing by others, forms sent nowhere else. */
  public static ownHostOnly(): ContentSecurityPolicy {
    const own = ["'self'"];
    const none = ["'none'"];
    return new ContentSecurityPolicy({
      'default-src': own,
      'base-uri': own,
      'form-action': own,
      'frame-ancestors': none,
      'object-src': none,
    });
  }

  private constructor(
    /** The sources of each directive. */
    public readonly directives: { [directive: string]: string[] },
  ) {}

  /**
   * Allows further sources. A directive that was not there starts from what held without it: `script-src-elem` from
   * `script-src`, that from `default-src`.
   *
   * @throws BaselineError `ContentDirectiveUnknown`, `ContentSourceInvalid`
   */
  public allow(directive: string, ...sources: string[]): ContentSecurityPolicy {
    const problems = new Problems('ContentSecurityPolicy');
    requireContentSources(problems, { directive, sources, property: directive });
    problems.throwIfAny();
    const held = [directive, ...FALLBACKS[directive]].find((each) => this.directives[each] !== undefined);
    const before = held === undefined ? [] : this.directives[held];
    const kept = before.filter((source) => source !== "'none'");
    return new ContentSecurityPolicy({ ...this.directives, [directive]: [...new Set([...kept, ...sources])] });
  }

  /**
   * Allows further sources of several directives. Each starts from this policy, in whatever order they are written.
   *
   * @throws BaselineError `ContentDirectiveUnknown`, `ContentSourceInvalid`
   */
  public allowAll(sources: { [directive: string]: string[] }): ContentSecurityPolicy {
    const directives = { ...this.directives };
    for (const [directive, further] of Object.entries(sources)) {
      directives[directive] = this.allow(directive, ...further).directives[directive];
    }
    return new ContentSecurityPolicy(directives);
  }

  /** The policy as the header carries it. */
  public render(): string {
    return Object.entries(this.directives)
      .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
      .join('; ');
  }
}

/** Sources that somebody wrote for a directive, and where. */
export interface WrittenSources {
  readonly directive: string;
  readonly sources: readonly string[];
  readonly property: string;
}

/** Refuses what browsers would ignore, or read as something else than was meant. */
export function requireContentSources(problems: Problems, { directive, sources, property }: WrittenSources): void {
  problems.require(Object.hasOwn(FALLBACKS, directive), {
    code: 'ContentDirectiveUnknown',
    property,
    value: directive,
    bound: `be a directive that takes sources: ${Object.keys(FALLBACKS).join(', ')}`,
    remedy: 'Correct the name; browsers ignore a directive that they do not know.',
  });
  for (const source of sources) {
    problems.require(SOURCE.test(source) && !KEYWORD.test(source), {
      code: 'ContentSourceInvalid',
      property,
      value: source,
      bound: 'be one source without blanks, commas and semicolons; a keyword stands in single quotation marks',
      remedy: 'Write each source by itself, as in "https://js.stripe.com" or "\'unsafe-inline\'".',
    });
  }
}
