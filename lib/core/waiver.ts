import { isDate } from './clock';
import { Problems } from './errors';

/** Who stands behind a waiver, and for how long. */
export interface WaiverOptions {
  /** Who answers for it: an e-mail address or the name of a team. Told when the waiver expires. */
  readonly owner: string;

  /**
   * The last day on which the waiver holds, `YYYY-MM-DD` in UTC. Afterwards the app no longer synthesises until the
   * waiver is renewed or removed; `-c emergency='<reason>'` goes on regardless, and shows.
   *
   * @default - the waiver does not expire
   */
  readonly until?: string;

  /**
   * Where the decision is recorded: a ticket, a risk acceptance, a document.
   *
   * @default - none
   */
  readonly reference?: string;
}

/** Shortest reason that can say why something is safe, in characters. */
const SHORTEST_REASON = 20;

/**
 * The only way in this library to be less safe: a sentence that says why, and who says so.
 *
 * Wherever a protection can be given up, the property that gives it up takes a `Waiver`. A waiver drops that one
 * protection, acknowledges exactly the rule findings this causes on exactly that construct, prints a warning with a
 * stable id and stays in the assembly's metadata, where a reviewer finds reason, owner and expiry.
 */
export class Waiver {
  /**
   * Gives up a protection, and says why.
   *
   * @param reason why this is acceptable here; a sentence of at least 20 characters
   * @throws BaselineError `WaiverReasonTooShort`, `WaiverOwnerMissing`, `WaiverUntilNotADate`
   */
  public static because(reason: string, options: WaiverOptions): Waiver {
    const problems = new Problems('Waiver');
    problems.require(reason.trim().length >= SHORTEST_REASON, {
      code: 'WaiverReasonTooShort',
      property: 'reason',
      value: reason,
      bound: `be a sentence of at least ${SHORTEST_REASON} characters`,
      remedy: 'Write why giving the protection up is acceptable here, as you would tell an auditor.',
    });
    problems.require(options.owner.trim().length > 0, {
      code: 'WaiverOwnerMissing',
      property: 'owner',
      value: options.owner,
      bound: 'name a person or a team',
      remedy: 'Write the e-mail address of whoever answers for this decision.',
    });
    problems.require(options.until === undefined || isDate(options.until), {
      code: 'WaiverUntilNotADate',
      property: 'until',
      value: options.until,
      bound: 'be a day of the calendar, written YYYY-MM-DD',
      remedy: 'Write the last day on which the waiver holds, for example 2027-03-31.',
    });
    problems.throwIfAny();
    return new Waiver(reason.trim(), options.owner.trim(), options.until, options.reference);
  }

  private constructor(
    /** Why the protection is given up. */
    public readonly reason: string,
    /** Who answers for it. */
    public readonly owner: string,
    /** The last day on which the waiver holds, `YYYY-MM-DD`, if it ends. */
    public readonly until?: string,
    /** Where the decision is recorded. */
    public readonly reference?: string,
  ) {}
}
