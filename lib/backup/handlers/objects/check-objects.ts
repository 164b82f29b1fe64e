import { setMaxListeners } from 'node:events';
import { Logger } from '@aws-lambda-powertools/logger';
import { paginateListObjectsV2, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import pLimit from 'p-limit';
import * as z from 'zod/mini';
import { backedUpObjects, type BackedUpObject, type BackupTime } from './backed-up-objects';
import { compareObject, nameOfObject, type ComparedBuckets, type Finding } from './compare-object';
import { KeySample } from './key-sample';

const Environment = z.object({
  /** ARN of the key that what is restored is encrypted with. */
  KEY: z.string(),
  /** How many objects are compared. */
  SAMPLE_SIZE: z.coerce.number().check(z.int(), z.positive()),
});

const time = z.iso.datetime({ offset: true });
const bucketArn = z.string().check(z.regex(/^arn:[^:]+:s3:::[^/]+$/));

const Restored = z.object({
  restoreJobId: z.string().check(z.minLength(1)),
  restoredBucket: bucketArn,
  sourceBucket: bucketArn,
  /** When the backup was begun, and when it was complete. */
  recoveryPointAt: time,
  backupEndedAt: time,
});

/** What came out of a backup of a bucket. */
export interface ObjectsReport {
  readonly isRight: boolean;
  readonly findings: readonly Finding[];
  readonly objects: {
    /** Objects that the backup has to hold, and those that came out of it. */
    readonly expected?: number;
    readonly restored?: number;
    /** How many of them were compared. */
    readonly compared: number;
  };
}

/** Kept back for the answer: what hangs is told before the function is cut off. */
const RESERVE_MILLISECONDS = 15_000;

/** Objects that are looked at side by side. */
const AT_ONCE = 8;

/** Findings that an answer names: a state machine carries 256 KiB. */
const MOST_NAMED = 100;

const logger = new Logger();

/** Compares a restored bucket with the one that was backed up. What is wrong with either is an answer, never an error. */
export function createHandler(s3: S3Client, environment: NodeJS.ProcessEnv = process.env) {
  return async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<ObjectsReport> => {
    const { KEY: kmsKey, SAMPLE_SIZE } = z.parse(Environment, environment);
    const { restoreJobId, restoredBucket, sourceBucket, ...moments } = z.parse(Restored, event);
    const abortSignal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS));
    // Every request and every body listens, a few dozen of them at once.
    setMaxListeners(0, abortSignal);
    const report = await checkObjects({
      buckets: { s3, sourceBucket: nameOf(sourceBucket), restoredBucket: nameOf(restoredBucket), kmsKey, abortSignal },
      time: {
        recoveryPointAt: new Date(moments.recoveryPointAt),
        backupEndedAt: new Date(moments.backupEndedAt),
      },
      sample: new KeySample(restoreJobId, SAMPLE_SIZE),
    });
    const { isRight, findings, objects } = report;
    logger.info('Checked', { restoreJobId, isRight, findings: findings.length, ...objects });
    return { ...report, findings: findings.slice(0, MOST_NAMED) };
  };
}

interface Task {
  readonly buckets: ComparedBuckets;
  readonly time: BackupTime;
  readonly sample: KeySample<BackedUpObject>;
}

async function checkObjects({ buckets, time, sample }: Task): Promise<ObjectsReport> {
  const { abortSignal } = buckets;
  const findings: Finding[] = [];
  /** What fails is a finding; what fails because the time is over is told once, at the end. */
  const attempt = async <T>(subject: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (!abortSignal.aborted) {
        findings.push({ kind: 'Unreadable', subject, detail: whyOf(error) });
      }
      return undefined;
    }
  };
  const [expected, restored] = await Promise.all([
    attempt('bucket that was backed up', () => survey(buckets, time, sample)),
    attempt('restored bucket', () => count(buckets)),
  ]);
  const isListed = expected !== undefined && restored !== undefined;
  if (isListed && restored < expected) {
    const detail = `${restored} objects, ${expected} were there when the backup was made`;
    findings.push({ kind: 'ObjectsMissing', subject: 'restored bucket', detail });
  }
  const chosen = isListed ? sample.values : [];
  const answers = await pLimit(AT_ONCE).map(chosen, (object) =>
    attempt(nameOfObject(object.key), () => compareObject(buckets, object)),
  );
  const compared = answers.flatMap((answer) => (answer === undefined ? [] : [answer]));
  findings.push(...compared.flat());
  if (abortSignal.aborted) {
    const detail = isListed ? `${compared.length} of ${chosen.length} objects were compared` : 'it was still listing';
    findings.push({ kind: 'TimedOut', subject: 'check', detail });
  }
  return { isRight: findings.length === 0, findings, objects: { expected, restored, compared: compared.length } };
}

/** How many objects the backup has to hold; those that it holds, or may hold, are offered to the sample. */
async function survey(
  { s3, sourceBucket, abortSignal }: ComparedBuckets,
  time: BackupTime,
  sample: KeySample<BackedUpObject>,
): Promise<number> {
  let certain = 0;
  for await (const object of backedUpObjects(s3, sourceBucket, time, abortSignal)) {
    certain += object.isCertain ? 1 : 0;
    sample.offer(object.key, object);
  }
  return certain;
}

async function count({ s3, restoredBucket, abortSignal }: ComparedBuckets): Promise<number> {
  let objects = 0;
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: restoredBucket }, { abortSignal });
  for await (const { Contents = [] } of pages) {
    objects += Contents.length;
  }
  return objects;
}

function nameOf(arn: string): string {
  return arn.split(':').slice(5).join(':');
}

/** Without the message, which may name an object. Where S3 answers without a body, its status is all there is. */
function whyOf(error: unknown): string {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return [(error as Error).name, status].filter(Boolean).join(', ');
}
