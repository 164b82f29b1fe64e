import { Duration } from 'aws-cdk-lib';
import { Problems } from '../core/errors';

/**
 * The longest that a copy may be kept, in days: the longest statutory retention of business records is ten years, but
 * those are kept as records. A copy of everything about everybody has no business to be older than this.
 */
const LONGEST = 400;

/** The longest that AWS Backup can go back to any moment. */
const LONGEST_CONTINUOUS = 35;

/**
 * How often a backup is made, and how long it and its copies are kept. Everything ends: there is no plan that keeps
 * something for ever, because what a customer had erased has to be gone some day.
 */
export class RetentionPlan {
  /** Every day, kept for 35 days: as long as the database goes back to any moment by itself. */
  public static daily35Days(): RetentionPlan {
    return RetentionPlan.daily(Duration.days(35));
  }

  /** Every Sunday, kept for 13 weeks. */
  public static weekly13Weeks(): RetentionPlan {
    return new RetentionPlan('weekly', '? * SUN *', 13 * 7);
  }

  /** On the first day of the month, kept for 13 months: a year, and the month in which somebody notices. */
  public static monthly13Months(): RetentionPlan {
    return new RetentionPlan('monthly', '1 * ? *', 396);
  }

  /**
   * Every moment of the last 35 days, of buckets alone. An Aurora cluster does that by itself, and a plan that did it too
   * would take the cluster's own recovery over: a `BackupSchedule` that covers databases refuses it.
   */
  public static continuous35Days(): RetentionPlan {
    return new RetentionPlan('continuous', '? * * *', LONGEST_CONTINUOUS);
  }

  /**
   * Every day, kept for `retention`.
   *
   * @param retention 7 to 400 days
   * @throws BaselineError `RetentionOutOfRange`, when the plan is used
   */
  public static daily(retention: Duration): RetentionPlan {
    const days = retention.toDays({ integral: false });
    const plan = new RetentionPlan('daily', '? * * *', days);
    const problems = new Problems('RetentionPlan.daily');
    problems.require(Number.isInteger(days) && days >= 7 && days <= LONGEST, {
      code: 'RetentionOutOfRange',
      property: 'retention',
      value: retention.toHumanString(),
      bound: `be a whole number of days from 7 to ${LONGEST}`,
      remedy: 'Write Duration.days(35), or RetentionPlan.daily35Days().',
    });
    problems.keepWith(plan);
    return plan;
  }

  private constructor(
    /** @internal */
    public readonly _rhythm: 'continuous' | 'daily' | 'weekly' | 'monthly',
    /** @internal */
    private readonly days: string,
    /** @internal */
    public readonly _days: number,
  ) {}

  /** @internal */
  public _schedule(hour: number): string {
    return `cron(0 ${hour} ${this.days})`;
  }

  /** @internal */
  public get _name(): string {
    return `${this._rhythm}-${this._days}-days`;
  }
}
