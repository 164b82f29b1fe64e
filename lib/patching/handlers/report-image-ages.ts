import { Logger } from '@aws-lambda-powertools/logger';
import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Inspector2Client } from '@aws-sdk/client-inspector2';
import { type S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod/mini';
import { LINES, tellDaily } from './daily-message';
import { agesOf, knownAge, type Ledger } from './finding-ages';
import { LedgerPlace, readLedger } from './findings-ledger';
import { type KnownImage, reasonsAgainst, repositoryHere } from './image-ages';
import { digestOf, openFindings } from './inspector-findings';
import { pushedAt, scannedDigests } from './registered-image';
import { type RunningImage, runningImages } from './running-images';

const Environment = z.object({
  CLUSTER: z.string().check(z.minLength(1)),
  /** What the metrics are called after. */
  CLUSTER_NAME: z.string().check(z.minLength(1)),
  NAMESPACE: z.string(),
  ACCOUNT: z.string().check(z.regex(/^\d{12}$/)),
  AWS_REGION: z.string(),
  IMAGE_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  CRITICAL_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  HIGH_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  /** Whether Inspector has to have scanned what runs. */
  SCANNED: z.enum(['yes', 'no']),
  ...LedgerPlace.shape,
  /** Whom to tell. Empty: nobody. */
  TOPIC: z.string(),
});

type Settings = z.infer<typeof Environment>;

/** The AWS that the handler speaks to. */
export interface Services {
  readonly ecs: Pick<ECSClient, 'send'>;
  readonly ecr: Pick<ECRClient, 'send'>;
  readonly inspector: Pick<Inspector2Client, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly now: () => Date;
}

/** Where nothing runs, nothing is old: that is no good news of a shop. */
export class NothingRuns extends Error {
  public override readonly name = 'NothingRuns';
}

const logger = new Logger();

/**
 * Says how old the images are that run in a cluster, and tells of those that are too old, or hold a finding that is. The
 * metrics come last, so that whatever fails before them is noticed.
 */
export function createHandler(services: Services, environment: NodeJS.ProcessEnv = process.env) {
  return async (): Promise<void> => {
    const settings = z.parse(Environment, environment);
    const now = services.now();
    const images = await runningImages(services.ecs, settings.CLUSTER);
    if (images.length === 0) {
      throw new NothingRuns(`No task runs in ${settings.CLUSTER}`);
    }
    const ledger = await readLedger(services.s3, settings);
    const known: KnownImage[] = [];
    for (const image of images) {
      // One by one: each asks Inspector, which allows few requests a second.
      known.push(await knownOf(services, settings, image, ledger, now));
    }
    const judged = known.map((each) => ({ ...each, reasons: reasonsAgainst(each, settings.IMAGE_DAYS) }));
    const over = judged.filter(({ reasons }) => reasons.length > 0);
    await tell(services, settings, over);
    await measure(services, settings, known, over.length, now);
    logger.info('Reported', { images: images.length, over: over.length });
  };
}

async function knownOf(
  services: Services,
  settings: Settings,
  image: RunningImage,
  ledger: Ledger,
  now: Date,
): Promise<KnownImage> {
  const repository = repositoryHere(image, settings.ACCOUNT, settings.AWS_REGION);
  const { digest } = image;
  if (repository === undefined || digest === undefined) {
    const unknown = digest === undefined ? 'ECS does not say what was pulled' : 'not in ECR of this account and Region';
    return { image, unknown, findings: [] };
  }
  const age = knownAge(await pushedAt(services.ecr, repository, digest), now);
  if (settings.SCANNED === 'no') {
    return { image, age, findings: [] };
  }
  const scanned = await scannedDigests(services, repository, digest);
  if (scanned.size === 0) {
    return { image, age, unknown: 'not scanned by Inspector', findings: [] };
  }
  const all = await openFindings(services.inspector, repository);
  const limits = { CRITICAL: settings.CRITICAL_DAYS, HIGH: settings.HIGH_DAYS };
  const own = new Set(all.filter((each) => scanned.has(digestOf(each) ?? '')).map(({ findingArn }) => findingArn));
  const findings = agesOf(all, limits, ledger, now)
    .findings.filter(({ arn, isOver }) => isOver && own.has(arn))
    .map(({ severity, vulnerability, age: days, limit }) =>
      days === undefined
        ? `${severity} ${vulnerability} of unknown age`
        : `${severity} ${vulnerability} for ${days} days, limit ${limit}`,
    );
  return { image, age, findings };
}

function tell(
  { sns }: Services,
  { TOPIC, CLUSTER_NAME }: Settings,
  over: readonly (KnownImage & { readonly reasons: readonly string[] })[],
): Promise<void> {
  return tellDaily(sns, {
    topic: TOPIC,
    subject: 'Images that run are over their limit',
    begins:
      `${over.length} images that run in ${CLUSTER_NAME} are over their limit. Build them again from patched bases and deploy ` +
      'them',
    lines: over.map(({ image, reasons }) => {
      const more = reasons.length > LINES ? [`and ${reasons.length - LINES} more`] : [];
      return `${image.name} (${image.digest ?? 'no digest'}): ${[...reasons.slice(0, LINES), ...more].join('; ')}`;
    }),
  });
}

async function measure(
  { cloudWatch }: Services,
  { NAMESPACE, CLUSTER_NAME, IMAGE_DAYS }: Settings,
  known: readonly KnownImage[],
  over: number,
  Timestamp: Date,
): Promise<void> {
  const Dimensions = [{ Name: 'Cluster', Value: CLUSTER_NAME }];
  // What nobody knows the age of is as old as the limit at least; it is counted as over in any case.
  const oldest = Math.max(...known.map(({ age }) => age ?? IMAGE_DAYS));
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: NAMESPACE,
      MetricData: [
        { MetricName: 'OldestImageDays', Dimensions, Timestamp, Value: oldest, Unit: 'None' },
        { MetricName: 'ImagesOverLimit', Dimensions, Timestamp, Value: over, Unit: 'Count' },
      ],
    }),
  );
}
