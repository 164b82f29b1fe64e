import { reasonForFree } from '../../pricing/free-types';
import { BASE_REGION } from '../../pricing/price';
import { PRICES_OF } from '../../pricing/price-list';
import {
  costLine,
  figures,
  total,
  WORKLOADS,
  type CostReport,
  type CountedUnits,
  type NotCounted,
} from './cost-report';

/** What costs and is in no sum, wherever it stands. */
type Reason = Omit<NotCounted, 'stack' | 'resources'>;

/** A report of the prices of us-east-1, without what this version's lists say anyway and without saying a thing twice. */
export interface TierRecord {
  readonly stacks: readonly { readonly stack: string; readonly region: string }[];
  readonly lines: readonly CountedUnits[];
  readonly more: CostReport['more'];
  readonly reasons: readonly Reason[];
  /** `why` is the place in `reasons`. */
  readonly notCounted: readonly {
    readonly stack: string;
    readonly why: number;
    readonly resources: readonly string[];
  }[];
  /** How often each type stands there. */
  readonly free: Readonly<Record<string, number>>;
}

/** What the tier called `name` costs: computed when this version was made, from the templates of an example. */
export async function costOfTier(name: string): Promise<CostReport> {
  const { default: tiers } = await import('./tiers.json', { with: { type: 'json' } });
  return reportOf((tiers as unknown as Readonly<Record<string, TierRecord>>)[name]);
}

/** What of a report has to be kept. */
export function recordOf({ stacks, lines, more, notCounted, free }: CostReport): TierRecord {
  const reasons = new Map<string, Reason>();
  const placeOf = ({ what, why, each }: NotCounted): number => {
    const key = JSON.stringify([what, why, each]);
    reasons.set(key, reasons.get(key) ?? { what, why, ...(each === undefined ? {} : { each }) });
    return [...reasons.keys()].indexOf(key);
  };
  return {
    stacks: stacks.map(({ stack, region }) => ({ stack, region })),
    lines: lines.map(({ stack, what, price, units }) => ({ stack, what, price, units })),
    more,
    notCounted: notCounted.map((each) => ({ stack: each.stack, why: placeOf(each), resources: each.resources })),
    reasons: [...reasons.values()],
    free: Object.fromEntries(free.map(({ type, count }) => [type, count])),
  };
}

/** The report again. */
export function reportOf({ stacks, lines: counted, more, reasons, notCounted, free }: TierRecord): CostReport {
  const lines = counted.map((line) => costLine(line, BASE_REGION));
  return {
    pricesOf: PRICES_OF,
    workloads: WORKLOADS,
    stacks: stacks.map(({ stack, region }) => {
      const own = lines.filter((line) => line.stack === stack);
      return { stack, region, ...figures((workload) => total(own, workload)) };
    }),
    sum: figures((workload) => total(lines, workload)),
    lines,
    more,
    notCounted: notCounted.map(({ stack, why, resources }) => ({ stack, ...reasons[why], resources })),
    unpriced: [],
    free: Object.entries(free).map(([type, count]) => ({ type, count, why: reasonForFree(type) })),
    borrowed: [],
  };
}
