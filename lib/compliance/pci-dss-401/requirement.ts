/** Who has to do something about a requirement. */
export enum Party {
  AWS = 'AWS',
  LIBRARY = 'this library',
  MERCHANT = 'merchant',
  SHOP = 'shop code',
  GATEWAY = 'gateway',
}

/** How far a template can show something of a requirement. */
export enum RequirementGroup {
  /** Rules of `PciDss401Checks` look at an aspect of it. */
  CHECKED_HERE = 'an aspect checked here',
  /** It shows only in a running account. */
  AT_RUN_TIME = 'checkable only at run time',
  /** People, documents, buildings, devices: nothing that a template or an account shows. */
  OUTSIDE = "outside a template's reach",
}

/** How a requirement is looked at. */
export interface RequirementCheck {
  readonly group: RequirementGroup;
  /** What is looked at; nothing for a requirement that is outside. */
  readonly aspect?: string;
  /** Names of the rules that look at it. */
  readonly rules: readonly string[];
}

/** A numbered requirement of the defined approach, in our own words: the text is the PCI SSC's. */
export interface Requirement {
  /** As in the standard: `3.5.1.2`. */
  readonly number: string;
  /** What it asks for. */
  readonly asks: string;
  readonly check: RequirementCheck;
  /** What nobody has looked at, whatever the check says. */
  readonly remains: string;
  readonly responsible: readonly Party[];
  /** Asked of service providers alone. */
  readonly serviceProvidersOnly: boolean;
}

/** A row of the table. */
export function requirement(
  number: string,
  asks: string,
  check: RequirementCheck,
  remains: string,
  responsible: readonly Party[],
): Requirement {
  return { number, asks, check, remains, responsible, serviceProvidersOnly: false };
}

/** A row that concerns a shop only if it is itself a service provider to others. */
export function forServiceProviders(row: Requirement): Requirement {
  return { ...row, serviceProvidersOnly: true };
}

/** `rules` look at `aspect` in the templates. */
export function checkedHere(aspect: string, ...rules: readonly string[]): RequirementCheck {
  return { group: RequirementGroup.CHECKED_HERE, aspect, rules };
}

/** `by` shows it in a running account. */
export function atRunTime(by: string): RequirementCheck {
  return { group: RequirementGroup.AT_RUN_TIME, aspect: by, rules: [] };
}

/** Nothing that this software can read shows it. */
export function outside(): RequirementCheck {
  return { group: RequirementGroup.OUTSIDE, rules: [] };
}
