import type { Waiver } from '../core/waiver';

/** What the owner of a domain asks of whoever receives mail in its name that it did not send. */
export class DmarcPolicy {
  /** Into the folder for spam. */
  public static quarantine(): DmarcPolicy {
    return new DmarcPolicy('quarantine');
  }

  /** Refused. For a domain of which every sender is known: choose it once the reports of some weeks show nobody else. */
  public static reject(): DmarcPolicy {
    return new DmarcPolicy('reject');
  }

  /**
   * Delivered, and reported: anybody can write in the name of the shop. For the weeks in which the senders of a domain that
   * others use as well are found out.
   *
   * @param waiver why, and until when
   */
  public static observe(waiver: Waiver): DmarcPolicy {
    return new DmarcPolicy('none', waiver);
  }

  /**
   * The domain has a record already, which somebody else keeps; a second one would void both. Nothing here knows what it
   * asks for.
   *
   * @param waiver who keeps the record, and what it asks for
   */
  public static keptElsewhere(waiver: Waiver): DmarcPolicy {
    return new DmarcPolicy(undefined, waiver);
  }

  private constructor(
    /** @internal */
    public readonly _asksFor?: string,
    /** @internal */
    public readonly _waiver?: Waiver,
  ) {}
}
