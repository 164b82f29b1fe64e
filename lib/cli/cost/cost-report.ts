import { chargesOf, knowledgeOf } from '../../pricing/estimates';
import { BASE_REGION, priceIn } from '../../pricing/price';
import { PRICES, PRICES_OF, type PriceName } from '../../pricing/price-list';
import type { StackResources, TemplateResource } from '../../pricing/template';
import { IDLE, NORMAL, TENFOLD, trafficOf, type Workload } from '../../pricing/traffic';
import { typesIn, type TypeCount } from './type-count';

/** A stack, all that its cost needs of it. */
export interface CostedStack {
  readonly name: string;
  readonly region: string;
  readonly resources: StackResources;
}

/** The workloads of a report. */
export const WORKLOADS = { idle: IDLE, normal: NORMAL, tenfold: TENFOLD } as const satisfies Record<string, Workload>;

/** A figure for each of the workloads. */
export type Figures = Readonly<Record<keyof typeof WORKLOADS, number>>;

/** What a stack costs, USD a month. */
export interface StackCost extends Figures {
  readonly stack: string;
  readonly region: string;
}

/** What of a stack is paid by one price. */
export interface CountedUnits {
  readonly stack: string;
  /** What it is counted as: `database`. */
  readonly what: string;
  readonly price: PriceName;
  /** Units a month. */
  readonly units: Figures;
}

/** The same, and what it costs. */
export interface CostLine extends CountedUnits {
  readonly unit: string;
  /** USD for one unit. */
  readonly each: number;
  /** The Region that the price is of. */
  readonly pricedAt: string;
  /** USD a month. */
  readonly usd: Figures;
}

/** Something that costs and is in no sum. */
export interface NotCounted {
  readonly stack: string;
  readonly what: string;
  readonly why: string;
  readonly resources: readonly string[];
  /** What a unit costs; left out where nobody knows. */
  readonly each?: { readonly usd: number; readonly unit: string };
}

/** What stacks cost a month. */
export interface CostReport {
  /** The day of the price list. */
  readonly pricesOf: string;
  readonly workloads: typeof WORKLOADS;
  readonly stacks: readonly StackCost[];
  readonly sum: Figures;
  readonly lines: readonly CostLine[];
  /** What more traffic costs, USD a month, between the normal workload and ten times that. */
  readonly more: { readonly thousandPageViewsADay: number; readonly hundredOrdersADay: number };
  readonly notCounted: readonly NotCounted[];
  /** Types of which nobody has looked up the price. They are in no sum. */
  readonly unpriced: readonly TypeCount[];
  readonly free: readonly TypeCount[];
  /** Regions whose stacks are counted, in part, at the prices of us-east-1: nobody here knows theirs. */
  readonly borrowed: readonly string[];
}

/**
 * What `stacks` cost a month.
 *
 * @param pricedAt the Region of the prices; left out, that of each stack
 */
export function costReport(stacks: readonly CostedStack[], pricedAt?: string): CostReport {
  const priced = stacks.map((stack) => ({ ...stack, region: pricedAt ?? regionOf(stack) }));
  const lines = priced.flatMap(linesOf);
  const costs = priced.map(({ name, region }, index) => ({
    stack: name,
    region: pricedAt === undefined ? region : regionOf(stacks[index]),
    ...figures((workload) =>
      total(
        lines.filter(({ stack }) => stack === name),
        workload,
      ),
    ),
  }));
  return {
    pricesOf: PRICES_OF,
    workloads: WORKLOADS,
    stacks: costs,
    sum: figures((workload) => total(lines, workload)),
    lines,
    more: {
      thousandPageViewsADay: growth(priced, 'pageViewsADay', 1000),
      hundredOrdersADay: growth(priced, 'ordersADay', 100),
    },
    notCounted: priced.flatMap(notCountedOf),
    unpriced: typesIn(stacks, 'unpriced'),
    free: typesIn(stacks, 'free'),
    borrowed: borrowedBy(lines, priced),
  };
}

/** A stack of any Region is priced as in us-east-1. */
function regionOf({ region }: CostedStack): string {
  return region === 'unknown-region' || region === '' ? BASE_REGION : region;
}

/** A figure for each of the workloads. */
export function figures(of: (workload: keyof typeof WORKLOADS) => number): Figures {
  return { idle: of('idle'), normal: of('normal'), tenfold: of('tenfold') };
}

/** What `lines` cost under `workload`, USD a month. */
export function total(lines: readonly CostLine[], workload: keyof typeof WORKLOADS): number {
  return lines.reduce((sum, { usd }) => sum + usd[workload], 0);
}

function linesOf({ name: stack, region, resources }: CostedStack): CostLine[] {
  const lines = new Map<string, CountedUnits>();
  for (const { what, price, units } of figuresOf(resources)) {
    const key = `${what} ${price}`;
    const before = lines.get(key)?.units ?? { idle: 0, normal: 0, tenfold: 0 };
    lines.set(key, { stack, what, price, units: figures((workload) => before[workload] + units[workload]) });
  }
  return [...lines.values()].map((line) => costLine(line, region));
}

/** What the units of `line` cost at the prices of `region`. */
export function costLine({ stack, what, price, units }: CountedUnits, region: string): CostLine {
  const { usd: each, region: pricedAt } = priceIn(PRICES[price], region);
  const usd = figures((workload) => units[workload] * each);
  return { stack, what, price, unit: PRICES[price].unit, each, pricedAt, units, usd };
}

/** What every resource is charged for, under each workload. The charges are the same ones, only their units differ. */
function figuresOf(resources: StackResources): Omit<CountedUnits, 'stack'>[] {
  return resources.flatMap((resource) => {
    const under = (workload: Workload): readonly number[] =>
      chargesOf(resource, resources, trafficOf(workload)).map(({ units = 0 }) => units);
    const [idle, normal, tenfold] = [under(IDLE), under(NORMAL), under(TENFOLD)];
    return chargesOf(resource, resources, trafficOf(IDLE)).flatMap(({ what, price, units }, index) =>
      price === undefined || units === undefined
        ? []
        : [{ what, price, units: { idle: idle[index], normal: normal[index], tenfold: tenfold[index] } }],
    );
  });
}

/** What `step` more of a kind costs, on the way from the normal workload to ten times as much of it. */
function growth(stacks: readonly CostedStack[], kind: keyof Workload, step: number): number {
  const at = (workload: Workload): number => stacks.reduce((sum, stack) => sum + costUnder(stack, workload), 0);
  const more = { ...NORMAL, [kind]: TENFOLD[kind] };
  return ((at(more) - at(NORMAL)) / (more[kind] - NORMAL[kind])) * step;
}

/** What `stack` costs a month under `workload`, USD. */
export function costUnder({ region, resources }: CostedStack, workload: Workload): number {
  const traffic = trafficOf(workload);
  return resources
    .flatMap((resource) => chargesOf(resource, resources, traffic))
    .reduce(
      (sum, { price, units = 0 }) => sum + (price === undefined ? 0 : units * priceIn(PRICES[price], region).usd),
      0,
    );
}

function notCountedOf({ name: stack, region, resources }: CostedStack): NotCounted[] {
  const found = new Map<string, NotCounted>();
  for (const resource of resources.filter(({ type }) => knowledgeOf(type) === 'priced')) {
    for (const { what, price, why } of chargesOf(resource, resources, trafficOf(IDLE))) {
      if (why !== undefined) {
        add(found, { stack, what, why, resources: [], ...eachOf(price, region) }, resource);
      }
    }
  }
  return [...found.values()];
}

function eachOf(price: PriceName | undefined, region: string): Pick<NotCounted, 'each'> {
  return price === undefined ? {} : { each: { usd: priceIn(PRICES[price], region).usd, unit: PRICES[price].unit } };
}

function add(found: Map<string, NotCounted>, entry: NotCounted, { logicalId }: TemplateResource): void {
  const key = JSON.stringify([entry.what, entry.why, entry.each]);
  const before = found.get(key)?.resources ?? [];
  found.set(key, { ...entry, resources: [...before, logicalId] });
}

function borrowedBy(lines: readonly CostLine[], stacks: readonly CostedStack[]): string[] {
  const regions = stacks
    .filter(({ name, region }) => lines.some(({ stack, pricedAt }) => stack === name && pricedAt !== region))
    .map(({ region }) => region);
  return [...new Set(regions)].sort();
}
