import type { Problems } from '../core/errors';

/** How old an open finding of Inspector may become. Nothing longer than PCI DSS 6.3.3 allows. */
export interface FindingLimits {
  /**
   * Days for critical ones: 1 to 30.
   *
   * @default 7
   */
  readonly criticalDays?: number;

  /**
   * Days for high ones: 1 to 30.
   *
   * @default 30
   */
  readonly highDays?: number;
}

/** PCI DSS 6.3.3: critical and high-security patches within one month. */
const A_MONTH = 30;

/** What holds where `limits` say nothing. */
export function limitsWith({ criticalDays = 7, highDays = A_MONTH }: FindingLimits): Required<FindingLimits> {
  return { criticalDays, highDays };
}

/** Refuses limits that PCI DSS 6.3.3 refuses. */
export function requireFindingLimits(problems: Problems, limits: FindingLimits): void {
  for (const [property, days] of Object.entries(limitsWith(limits))) {
    problems.require(Number.isInteger(days) && days >= 1 && days <= A_MONTH, {
      code: 'FindingLimitOutOfRange',
      property,
      value: days,
      bound: 'be a whole number of days from 1 to 30: PCI DSS 6.3.3 asks for one month',
      remedy: 'Leave it out for 7 days for critical findings and 30 for high ones.',
    });
  }
}
