import * as z from 'zod/mini';
import { LEFTOVERS, METRICS } from '../restore-test-names';
import type { Measurement } from './judge-restore-test';

const time = z.iso.datetime({ offset: true });

/** The restore jobs of a plan, and every cluster of the account and Region. */
export const Looked = z.object({
  jobs: z.array(
    z.object({
      RestoreJobId: z.string(),
      ResourceType: z.optional(z.string()),
      Status: z.string(),
      CompletionDate: z.optional(time),
      ValidationStatus: z.optional(z.string()),
    }),
  ),
  clusters: z.object({ names: z.array(z.string()), since: z.array(time) }),
});
export type Looked = z.infer<typeof Looked>;

/** A restore has ended, in whatever way. */
const ENDED = ['COMPLETED', 'FAILED', 'ABORTED'];

/** The test has not. */
const OPEN = [undefined, 'VALIDATING'];

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** A test and the clean-up after it take hours; what is there a day later stays. */
const LEFT_AFTER = DAY;

/** Which tests are to be started, how long ago the last one was good, and how much is left over. */
export function lookAround(
  { jobs, clusters }: Looked,
  now: Date,
  measure: (name: string, value: number, unit: Measurement['Unit']) => Measurement,
): { start: { restoreJobId: string }[]; metrics: Measurement[] } {
  const start = jobs
    .filter(({ ResourceType, Status, ValidationStatus }) => {
      return ResourceType === 'Aurora' && ENDED.includes(Status) && OPEN.includes(ValidationStatus);
    })
    .map(({ RestoreJobId }) => ({ restoreJobId: RestoreJobId }));
  const ages = jobs
    .filter(({ ValidationStatus }) => ValidationStatus === 'SUCCESSFUL')
    .flatMap(({ CompletionDate }) =>
      CompletionDate === undefined ? [] : [now.getTime() - Date.parse(CompletionDate)],
    );
  const left = clusters.names.filter((name, index) => {
    return name.startsWith(LEFTOVERS) && now.getTime() - Date.parse(clusters.since[index] ?? '') > LEFT_AFTER;
  });
  return {
    start,
    metrics: [
      measure(METRICS.leftovers, left.length, 'Count'),
      // Without a good test there is no age, and the alarm takes silence for a bad sign.
      ...(ages.length === 0 ? [] : [measure(METRICS.age, Math.min(...ages) / DAY, 'Count')]),
    ],
  };
}
