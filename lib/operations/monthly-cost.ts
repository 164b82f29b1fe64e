import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Charge } from '../pricing/charge';
import { chargesOf } from '../pricing/estimates';
import { PRICES } from '../pricing/price-list';
import type { TemplateResource } from '../pricing/template';
import { IDLE, trafficOf } from '../pricing/traffic';

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
 * Not in it, because it depends on use: requests, traffic, storage, logs, backups, and support plans. The command
 * `commerce-baseline cost` has those, too.
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
    const stacks = [...new Set(resources.map((resource) => Stack.of(resource)))];
    const atRest = stacks.flatMap((stack) => chargesAtRest(resources.filter((each) => Stack.of(each) === stack)));
    const sums = new Map<string, number>();
    for (const { what, price, units = 0 } of atRest.flatMap(({ charges }) => charges)) {
      const usd = price === undefined ? 0 : units * PRICES[price].usd;
      sums.set(what, (sums.get(what) ?? 0) + usd);
    }
    this.items = [...sums].map(([what, usd]) => ({ what, usd })).filter(({ usd }) => usd > 0);
    this.usd = this.items.reduce((sum, { usd }) => sum + usd, 0);
    this.unpriced = atRest
      .filter(({ charges }) => charges.some(({ price }) => price === undefined))
      .map(({ resource }) => resource.node.path);
  }
}

const AT_REST = trafficOf(IDLE);

/** What `resources`, of one stack, are charged for. */
function chargesAtRest(resources: readonly CfnResource[]): { resource: CfnResource; charges: readonly Charge[] }[] {
  const stack = resources.map(inTemplate);
  return resources.map((resource, index) => ({ resource, charges: chargesOf(stack[index], stack, AT_REST) }));
}

/**
 * `resource` as its template will have it. Its properties are rendered when a price asks for them and not before: some
 * that need none show the budget, which is computed from here.
 */
function inTemplate(resource: CfnResource): TemplateResource {
  const stack = Stack.of(resource);
  let properties: TemplateResource['properties'] | undefined;
  return {
    logicalId: stack.resolve(resource.logicalId) as string,
    type: resource.cfnResourceType,
    get properties() {
      return (properties ??= renderedProperties(resource));
    },
  };
}

function renderedProperties(resource: CfnResource): TemplateResource['properties'] {
  const { Resources } = Stack.of(resource).resolve(resource._toCloudFormation()) as RenderedTemplate;
  return Object.values(Resources)[0]?.Properties ?? {};
}

interface RenderedTemplate {
  readonly Resources: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
}
