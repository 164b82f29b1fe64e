import { Problems } from '../core/errors';

/** Sources of a directive, and what separates directives from each other. */
const SOURCE = /^[^\s;,]+$/;

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
   * Allows further sources. A directive that was not there starts from what `default-src` allows.
   *
   * @throws BaselineError `ContentSourceInvalid`
   */
  public allow(directive: string, ...sources: string[]): ContentSecurityPolicy {
    const problems = new Problems('ContentSecurityPolicy');
    for (const source of [directive, ...sources]) {
      problems.require(SOURCE.test(source), {
        code: 'ContentSourceInvalid',
        property: directive,
        value: source,
        bound: 'be one source without blanks, commas and semicolons',
        remedy: 'Write each source as an argument of its own.',
      });
    }
    problems.throwIfAny();
    const before = this.directives[directive] ?? this.directives['default-src'] ?? [];
    const kept = before.filter((source) => source !== "'none'");
    return new ContentSecurityPolicy({ ...this.directives, [directive]: [...new Set([...kept, ...sources])] });
  }

  /** The policy as the header carries it. */
  public render(): string {
    return Object.entries(this.directives)
      .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
      .join('; ');
  }
}
