import type { Waiver } from '../core/waiver';

/** Who has Amazon Inspector scan the images and functions of the account and Region. */
export class InspectorUse {
  /** The store turns on what is off, and off again what it turned on. What was on before stays. */
  public static create(): InspectorUse {
    return new InspectorUse(true);
  }

  /** Somebody else turns it on: the organisation, or another stack. The store looks every day whether it is on. */
  public static adopt(): InspectorUse {
    return new InspectorUse(false);
  }

  /**
   * Nobody: nothing scans, and nobody hears of findings. What the store had turned on is turned off.
   *
   * @param waiver why that is acceptable
   */
  public static off(waiver: Waiver): InspectorUse {
    return new InspectorUse(false, waiver);
  }

  private constructor(
    /** @internal */
    public readonly _creates: boolean,
    /** @internal */
    public readonly _off?: Waiver,
  ) {}
}
