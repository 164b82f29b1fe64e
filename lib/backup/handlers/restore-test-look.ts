import * as z from 'zod/mini';
import { LEFTOVERS, METRICS } from '../restore-test-names';
import type { Measure, Measurement } from './restore-verdict';

const time = z.iso.datetime({ offset: true });

const Job = z.object({
  RestoreJobId: z.string(),
  ResourceType: z.optional(z.string()),
  SourceResourceArn: z.optional(z.string()),
  Status: z.string(),
  CompletionDate: z.optional(time),
  ValidationStatus: z.optional(z.string()),
  DeletionStatus: z.optional(z.string()),
});
type Job = z.infer<typeof Job>;

/** The restore jobs of a plan, and, where it restores clusters, every cluster of the account and Region. */
export const Looked = z.object({
  jobs: z.array(Job),
  clusters: z.optional(z.object({ names: z.array(z.string()), since: z.array(time) })),
});
export type Looked = z.infer<typeof Looked>;

/** Who looks, and when. */
export interface Looking {
  readonly now: Date;
  readonly measure: Measure;
  /** @default - a cluster is restored */
  readonly buckets?: readonly string[];
}

/** A restore has ended, in whatever way. */
const ENDED = ['COMPLETED', 'FAILED', 'ABORTED'];

/** The test has not. */
const OPEN = [undefined, 'VALIDATING'];

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** A test and the clean-up after it take hours; what is there a day later stays. */
const LEFT_AFTER = DAY;

/** Until the next test, AWS Backup says of the last one that it could not delete a bucket, also when somebody has. */
const TOLD_FOR = 7 * DAY;

/** Which tests are to be started, how long ago the last one was good, and how much is left over. */
export function lookAround(
  looked: Looked,
  looking: Looking,
): { start: { restoreJobId: string }[]; metrics: Measurement[] } {
  const { now, measure, buckets } = looking;
  const type = buckets === undefined ? 'Aurora' : 'S3';
  const jobs = looked.jobs.filter(({ ResourceType }) => ResourceType === type);
  const start = jobs
    .filter(({ Status, ValidationStatus }) => ENDED.includes(Status) && OPEN.includes(ValidationStatus))
    .map(({ RestoreJobId }) => ({ restoreJobId: RestoreJobId }));
  const good = jobs.filter(({ ValidationStatus }) => ValidationStatus === 'SUCCESSFUL');
  const ages = (buckets ?? [undefined]).map((bucket) =>
    youngest(
      good.filter(({ SourceResourceArn }) => bucket === undefined || SourceResourceArn === bucket),
      now,
    ),
  );
  const age = Math.max(...ages);
  return {
    start,
    metrics: [
      measure(METRICS.leftovers, leftClusters(looked, now) + leftBuckets(jobs, looking), 'Count'),
      // Without a good test there is no age, and the alarm takes silence for a bad sign.
      ...(age === Infinity ? [] : [measure(METRICS.age, age / DAY, 'Count')]),
    ],
  };
}

/** Milliseconds since the last of them was complete. */
function youngest(jobs: readonly Job[], now: Date): number {
  return Math.min(
    ...jobs.flatMap(({ CompletionDate }) =>
      CompletionDate === undefined ? [] : [now.getTime() - Date.parse(CompletionDate)],
    ),
  );
}

function leftClusters({ clusters }: Looked, now: Date): number {
  const left = clusters?.names.filter((name, index) => {
    return name.startsWith(LEFTOVERS) && now.getTime() - Date.parse(clusters.since[index] ?? '') > LEFT_AFTER;
  });
  return left?.length ?? 0;
}

/** A bucket goes when its objects have expired, which takes days: what stays is what AWS Backup gave up. */
function leftBuckets(jobs: readonly Job[], { now, buckets }: Looking): number {
  return buckets === undefined
    ? 0
    : jobs.filter(({ DeletionStatus, CompletionDate = '' }) => {
        return DeletionStatus === 'FAILED' && now.getTime() - Date.parse(CompletionDate) < TOLD_FOR;
      }).length;
}
