/** Hours of a month, as AWS's calculator has it. */
export const HOURS_A_MONTH = 730;

/** Days of a month of that many hours. */
export const DAYS_A_MONTH = HOURS_A_MONTH / 24;

/** The Region whose prices are known in full. */
export const BASE_REGION = 'us-east-1';

/**
 * How far a price can be relied on. Nobody here read one from AWS's price list service.
 *
 * - `confirmed`: a page of AWS says it, or a quotation of AWS's price list that names the type of usage.
 * - `unconfirmed`: others say it, and the page of AWS beside it was not read.
 */
export type Standing = 'confirmed' | 'unconfirmed';

/** A list price, on demand, without free allowances, discounts and tax. */
export interface Price {
  /** What one has to be of: `hour`, `GB`, `million requests`. */
  readonly unit: string;
  /** USD for one, in us-east-1. */
  readonly usd: number;
  /** USD for one in other Regions, where a quotation of AWS's price list or of a bill was found. */
  readonly elsewhere?: Readonly<Record<string, number>>;
  /** Whether it is the same in every Region of the partition `aws`. */
  readonly isGlobal?: boolean;
  /** AWS's page, to look it up again. */
  readonly source: string;
  /** The day on which the page or the quotation was read; undefined of what is unconfirmed. */
  readonly read?: string;
  readonly standing: Standing;
}

/** A price, and the Region it was taken from. */
export interface RegionalPrice {
  readonly usd: number;
  readonly region: string;
}

/** What `price` is in `region`; where nobody knows, what it is in us-east-1. */
export function priceIn({ usd, elsewhere = {}, isGlobal = false }: Price, region: string): RegionalPrice {
  const own = isGlobal ? usd : elsewhere[region];
  return own === undefined ? { usd, region: BASE_REGION } : { usd: own, region };
}
