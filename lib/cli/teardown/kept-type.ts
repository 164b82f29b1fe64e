/** Everything of a type of resource that is left when its stack is gone. */
export interface KeptType {
  /** What people call it. */
  readonly called: string;
  /** Why it is not deleted with its stack. */
  readonly why: string;
  /** What it costs while it stays; left out when it costs nothing. */
  readonly price?: Price;
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

/** A list price in us-east-1. */
export interface Price {
  /** USD a month for each, whatever it holds. */
  readonly each?: number;
  /** USD a month for each gigabyte that it holds. */
  readonly gigabyte?: number;
  /** AWS's page. */
  readonly source: string;
}

/** When the prices were written down. They change, and other Regions cost up to half more. */
export const PRICES_OF = '2026-11';

/** Hours of a month. */
const MONTH = 730;

/** USD an hour for a capacity unit of Aurora Serverless v2. */
const CAPACITY_UNIT = 0.12;

/** Prices of what stays. */
export const PRICES = {
  key: { each: 1, source: 'https://aws.amazon.com/kms/pricing/' },
  secret: { each: 0.4, source: 'https://aws.amazon.com/secrets-manager/pricing/' },
  logs: { gigabyte: 0.03, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  bucket: { gigabyte: 0.023, source: 'https://aws.amazon.com/s3/pricing/' },
  images: { gigabyte: 0.1, source: 'https://aws.amazon.com/ecr/pricing/' },
  files: { gigabyte: 0.3, source: 'https://aws.amazon.com/efs/pricing/' },
  aurora: { gigabyte: 0.1, source: 'https://aws.amazon.com/rds/aurora/pricing/' },
  auroraSnapshot: { gigabyte: 0.021, source: 'https://aws.amazon.com/rds/aurora/pricing/' },
  backups: { gigabyte: 0.05, source: 'https://aws.amazon.com/backup/pricing/' },
  cacheSnapshot: { gigabyte: 0.085, source: 'https://aws.amazon.com/elasticache/pricing/' },
} as const satisfies Readonly<Record<string, Price>>;

/** The price of a serverless instance that idles at `units` of capacity. */
export function idleInstance(units: number): Price {
  return { each: units * CAPACITY_UNIT * MONTH, source: PRICES.aurora.source };
}
