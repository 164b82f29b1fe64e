import { HOURS_A_MONTH } from '../../pricing/price';
import { PRICES, type PriceName } from '../../pricing/price-list';

/** Everything of a type of resource that is left when its stack is gone. */
export interface KeptType {
  /** What people call it. */
  readonly called: string;
  /** Why it is not deleted with its stack. */
  readonly why: string;
  /** What it costs while it stays; left out when it costs nothing. */
  readonly price?: KeptPrice;
  /** How to take out what it holds. */
  readonly takeOut?: (resource: Named) => string;
  /** The commands that delete it. */
  readonly remove: (resource: Named) => readonly string[];
  /** Whether it holds on to a network, which cannot go before it. */
  readonly holdsNetwork?: boolean;
}

/** A resource, as commands name it. */
export interface Named {
  /** Its physical name, or the shell variable that holds it. */
  readonly name: string;
  readonly region: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What something costs while it stays: a list price in us-east-1. */
export interface KeptPrice {
  /** USD a month for each, whatever it holds. */
  readonly each?: number;
  /** USD a month for each gigabyte that it holds. */
  readonly gigabyte?: number;
  /** AWS's page. */
  readonly source: string;
}

/** The price of a row that is paid for each, by the month. */
export function eachMonth(name: PriceName): KeptPrice {
  return { each: PRICES[name].usd, source: PRICES[name].source };
}

/** The price of a row that is paid for each gigabyte, by the month. */
export function eachGigabyte(name: PriceName): KeptPrice {
  return { gigabyte: PRICES[name].usd, source: PRICES[name].source };
}

/** The price of a serverless instance that idles at `units` of capacity. */
export function idleInstance(units: number): KeptPrice {
  const { usd, source } = PRICES.databaseCapacity;
  return { each: units * usd * HOURS_A_MONTH, source };
}
