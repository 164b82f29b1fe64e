import { medusaRules, woocommerceRules } from './masking-presets';
import type { MaskingRules } from './masking-rules';

/** What is masked in a copy of a shop, as data: a profile brings its own, and a merchant adds what their plugins keep. */
export class MaskingPolicy {
  /** @param rules where a shop keeps what it knows of its customers */
  public static of(rules: MaskingRules): MaskingPolicy {
    return new MaskingPolicy([rules]);
  }

  /** What Medusa 2 and its own modules keep. Modules of your own and of others are added with `with`. */
  public static medusa(): MaskingPolicy {
    return new MaskingPolicy([medusaRules()]);
  }

  /**
   * What WordPress and WooCommerce keep, orders in their own tables or in posts. Plugins are added with `with`.
   *
   * @param tablePrefix what the names of the tables begin with, `wp_` by default
   */
  public static woocommerce(tablePrefix = 'wp_'): MaskingPolicy {
    return new MaskingPolicy([woocommerceRules(tablePrefix)]);
  }

  private constructor(private readonly rules: readonly MaskingRules[]) {}

  /**
   * The same, and more.
   *
   * @param rules what a plugin or the merchant's own code keeps
   */
  public with(rules: MaskingRules): MaskingPolicy {
    return new MaskingPolicy([...this.rules, rules]);
  }

  /** @internal */
  public _render(): object {
    return {
      columns: this.rules.flatMap(({ columns }) => columns.map((column) => column._render())),
      emptied: this.rules.flatMap(({ emptied = [] }) => emptied),
      kept: this.rules.flatMap(({ kept = [] }) => kept.map((text) => text._render())),
    };
  }
}
