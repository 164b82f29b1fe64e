import * as fc from 'fast-check';
import { DateTime } from 'luxon';

/** Every time zone that Node.js knows. */
export const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

/** Days of ten years, leap days among them, as `YYYY-MM-DD`. */
export const days = fc
  .integer({ min: 0, max: 3652 })
  .map((count) => DateTime.utc(2026, 1, 1).plus({ days: count }).toFormat('yyyy-MM-dd'));
