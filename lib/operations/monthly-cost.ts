import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { costsOf } from './resource-costs';

/** What one kind of thing costs a month. */
export interface MonthlyCostItem {
  /** What it is: `database`, `interface endpoints`. */
  readonly what: string;

  /** USD a month at rest. */
  readonly usd: number;
}

/**
 * What constructs cost a month at rest, computed from what they are configured to be: by the hour, by the month, at the
 * fewest tasks and the least capacity. List prices of us-east-1 of November 2026; other Regions cost up to half more.
 *
 * Not in it, because it depends on use: requests, traffic, storage, logs, backups, and support plans.
 */
export class MonthlyCost {
  /** What everything inside `constructs` costs. Complete once everything has been added to them. */
  public static of(...constructs: IConstruct[]): MonthlyCost {
    const inside = new Set(constructs.flatMap((construct) => construct.node.findAll()));
    return new MonthlyCost([...inside].filter((child): child is CfnResource => CfnResource.isCfnResource(child)));
  }

  /** What is counted, by kind. */
  public readonly items: MonthlyCostItem[];
  /** The sum, in USD. */
  public readonly usd: number;
  /** Paths of what costs something that is not in the price list, such as a class of instance. It is missing from the sum. */
  public readonly unpriced: string[];

  private constructor(resources: readonly CfnResource[]) {
    const sums = new Map<string, number>();
    const unpriced: string[] = [];
    for (const resource of resources) {
      for (const { what, usd } of costsOf(resource, resources)) {
        sums.set(what, (sums.get(what) ?? 0) + (usd ?? 0));
        unpriced.push(...(usd === undefined ? [resource.node.path] : []));
      }
    }
    this.items = [...sums].map(([what, usd]) => ({ what, usd }));
    this.usd = this.items.reduce((sum, { usd }) => sum + usd, 0);
    this.unpriced = unpriced;
  }
}
