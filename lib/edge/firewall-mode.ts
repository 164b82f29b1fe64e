import { daysBetween } from '../core/clock';
import { type Problems } from '../core/errors';
import type { Waiver } from '../core/waiver';

/** Longest cut-over, in days. A firewall that only counts for longer than a release cycle is forgotten. */
const LONGEST_OBSERVATION = 21;

/** Whether a firewall refuses requests. */
export class FirewallMode {
  /** It refuses what its rules match. */
  public static blocking(): FirewallMode {
    return new FirewallMode();
  }

  /**
   * For a cut-over: every rule counts and lets through, so that its log shows whom it would have refused. The waiver
   * has to end within 21 days; the day after, the app no longer synthesises until the firewall blocks.
   *
   * @param waiver why, who answers for it, and until when
   */
  public static observe(waiver: Waiver): FirewallMode {
    return new FirewallMode(waiver);
  }

  private constructor(
    /** Why the firewall does not refuse anything, if it does not. */
    public readonly waiver?: Waiver,
  ) {}

  /**
   * Refuses a cut-over that never ends, or too late. A configuration knows no day: without `today`, any end will do.
   *
   * @internal
   */
  public _validate(problems: Problems, today?: string): void {
    const until = this.waiver?.until;
    const inTime = (day: string): boolean => today === undefined || daysBetween(today, day) <= LONGEST_OBSERVATION;
    problems.require(this.waiver === undefined || (until !== undefined && inTime(until)), {
      code: 'ObservationTooLong',
      property: 'mode.until',
      value: until,
      bound: `be a day at most ${LONGEST_OBSERVATION} days from ${today ?? 'today'}`,
      remedy: 'Give the waiver an until: the day by which the log has been read and the firewall blocks.',
    });
  }
}
