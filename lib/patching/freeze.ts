import { isDate } from '../core/clock';
import { Problems } from '../core/errors';

/** Text that stands in a calendar as it is, without escapes and folded lines. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 .'-]{0,47}$/;

/** A part of the year in which nothing is changed but by a `CriticalFix`: the peak season of the shop, a sale. */
export class Freeze {
  /**
   * @param from its first day, where the shop is: `2026-11-20`
   * @param until its last day
   * @param name what it is for, as people call it
   */
  public static between(from: string, until: string, name: string): Freeze {
    return new Freeze(from, until, name);
  }

  private constructor(
    /** The first day. */
    public readonly from: string,
    /** The last day. */
    public readonly until: string,
    /** What it is for. */
    public readonly name: string,
  ) {
    const problems = new Problems('Freeze.between');
    requireDay(problems, 'from', from);
    requireDay(problems, 'until', until);
    problems.require(!isDate(from) || !isDate(until) || from <= until, {
      code: 'FreezeBackwards',
      property: 'until',
      value: until,
      bound: `not lie before ${from}`,
      remedy: 'Write the first day, then the last.',
    });
    problems.require(typeof name === 'string' && PLAIN.test(name), {
      code: 'FreezeNameInvalid',
      property: 'name',
      value: name,
      bound: "be 1 to 48 letters of the Latin alphabet, digits, spaces, full stops, hyphens and '",
      remedy: 'Write what people call it: Christmas.',
    });
    problems.keepWith(this);
  }
}

/** Why something is changed in a freeze, and who says so. */
export interface CriticalFixOptions {
  /** What cannot wait. Ten characters at least. */
  readonly because: string;

  /** Who answers for it: an e-mail address or a team. */
  readonly owner: string;

  /**
   * Where it was decided: a ticket, a CVE.
   *
   * @default - nowhere
   */
  readonly reference?: string;
}

/** A day of a freeze on which a critical fix may be made all the same. It stays in the configuration: that is the record. */
export class CriticalFix {
  /**
   * @param day the day, where the shop is: `2026-12-03`
   * @param options why, and who says so
   */
  public static on(day: string, options: CriticalFixOptions): CriticalFix {
    return new CriticalFix(day, options.because, options.owner, options.reference);
  }

  private constructor(
    /** The day. */
    public readonly day: string,
    /** What could not wait. */
    public readonly because: string,
    /** Who answers for it. */
    public readonly owner: string,
    /** Where it was decided. */
    public readonly reference?: string,
  ) {
    const problems = new Problems('CriticalFix.on');
    requireDay(problems, 'day', day);
    problems.require(because.trim().length >= 10, {
      code: 'CriticalFixUnexplained',
      property: 'because',
      value: because,
      bound: 'say in ten characters or more what cannot wait',
      remedy: 'Name the hole and what it opens: CVE-2026-1234 lets anybody read carts.',
    });
    problems.require(owner.trim() !== '', {
      code: 'CriticalFixUnowned',
      property: 'owner',
      value: owner,
      bound: 'name who answers for it',
      remedy: 'Write an e-mail address or a team.',
    });
    problems.keepWith(this);
  }
}

function requireDay(problems: Problems, property: string, value: string): void {
  problems.require(typeof value === 'string' && isDate(value), {
    code: 'FreezeDayInvalid',
    property,
    value,
    bound: 'be a day of the calendar, YYYY-MM-DD',
    remedy: 'Write 2026-11-20, for example.',
  });
}
