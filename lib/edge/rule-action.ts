import type { Waiver } from '../core/waiver';

/** What happens to requests that a rule of the firewall matches. */
export class RuleAction {
  /** They are refused. */
  public static block(): RuleAction {
    return new RuleAction(undefined, []);
  }

  /**
   * They are counted and let through.
   *
   * @param waiver why, and who answers for it
   * @param rules names of the only rules of the group that count, as AWS writes them; none: all of them
   */
  public static count(waiver: Waiver, ...rules: string[]): RuleAction {
    return new RuleAction(waiver, rules);
  }

  private constructor(
    /** Why they are not refused, if they are not. */
    public readonly waiver: Waiver | undefined,
    /** The only rules that count; none: all of the group. */
    public readonly rules: string[],
  ) {}
}
