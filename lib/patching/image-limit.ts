import type { Problems } from '../core/errors';

/** PCI DSS 6.3.3: patches that close a critical or high hole within a month. */
export const IMAGE_DAYS = 30;

/** Patches that close lesser holes wait a quarter at most. */
const LONGEST = 90;

/** Refuses an age that outlasts patches. */
export function requireImageDays(problems: Problems, imageDays: number): void {
  problems.require(Number.isInteger(imageDays) && imageDays >= 1 && imageDays <= LONGEST, {
    code: 'ImageAgeOutOfRange',
    property: 'imageDays',
    value: imageDays,
    bound: `be a whole number of days from 1 to ${LONGEST}: no patch waits longer than a quarter`,
    remedy: `Leave it out for ${IMAGE_DAYS} days.`,
  });
}
