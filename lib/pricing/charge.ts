import type { PriceName } from './price-list';
import type { StackResources, TemplateResource } from './template';
import type { Traffic } from './traffic';

/** Something that a resource is charged for. */
export interface Charge {
  /** What it is counted as: `database`, `interface endpoints`. */
  readonly what: string;
  /** The row of the price list; undefined where there is none. */
  readonly price?: PriceName;
  /** Units a month. Undefined where the template does not tell, or use decides and nobody can assume it. */
  readonly units?: number;
  /** Why nothing is counted. */
  readonly why?: string;
}

/** What one type of resource is charged for, with `traffic` on the shop. */
export type Estimate = (resource: TemplateResource, stack: StackResources, traffic: Traffic) => readonly Charge[];

/** The estimates of some types. */
export type Estimates = Readonly<Record<string, Estimate>>;

/** A charge of `units` a month; of what the template does not tell when they are undefined. */
export function charge(what: string, price: PriceName, units: number | undefined): Charge {
  return units === undefined
    ? unknown(what, 'the template leaves it to a parameter or another stack')
    : { what, price, units };
}

/** A charge that `why` nobody here can compute. */
export function unknown(what: string, why: string): Charge {
  return { what, why };
}

/** A charge for use, of which nobody can say beforehand how much it is. */
export function byUse(what: string, price: PriceName, why: string): Charge {
  return { what, price, why };
}

/** The estimate of a type whose every resource costs `units` of `price`. */
export function fixed(what: string, price: PriceName, units = 1): Estimate {
  return () => [{ what, price, units }];
}

/** The product of `numbers`; undefined where one of them is. */
export function times(...numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (product, number) => (product === undefined || number === undefined ? undefined : product * number),
    1,
  );
}
