import { Logger } from '@aws-lambda-powertools/logger';
import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { BatchGetAccountStatusCommand, type Inspector2Client } from '@aws-sdk/client-inspector2';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod/mini';
import { componentFindings, type SilentSource, Sources } from './component-findings';
import { tellDaily } from './daily-message';
import { type AgedFinding, agesOf, SEVERITIES, tableOf } from './finding-ages';
import { readLedger } from './findings-ledger';
import { runningRepositories } from './inspector-coverage';
import { openFindings } from './inspector-findings';

const Environment = z.object({
  /** The evidence bucket, and what its keys begin with. */
  BUCKET: z.string(),
  PREFIX: z.string(),
  /** Whose metrics they are. */
  NAMESPACE: z.string(),
  STORE: z.string(),
  CRITICAL_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  HIGH_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  /** What Inspector has to scan: `ecr,lambda`. */
  SCANNED: z.string().check(z.minLength(1)),
  /** Who knows what Inspector does not look at, in JSON; and where they put what they know. */
  SOURCES: z.string(),
  SOURCES_PREFIX: z.string(),
  /** Whom to tell. Empty: nobody. */
  TOPIC: z.string(),
});

/** The AWS that the handler speaks to. */
export interface Services {
  readonly inspector: Pick<Inspector2Client, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly now: () => Date;
}

/** No findings because nobody looks are no good news. */
export class InspectorOff extends Error {
  public override readonly name = 'InspectorOff';
}

const logger = new Logger();

/**
 * Writes down how old each open finding of Inspector and of other sources is, and tells of those that are too old. The
 * metric that says that it ran comes last, so that whatever fails before it is noticed.
 */
export function createHandler(services: Services, environment: NodeJS.ProcessEnv = process.env) {
  return async (): Promise<void> => {
    const settings = z.parse(Environment, environment);
    const now = services.now();
    await requireScanning(services, settings.SCANNED.split(','));
    const [findings, running, components, known] = await Promise.all([
      openFindings(services.inspector),
      runningRepositories(services.inspector),
      readSources(services, settings, now),
      readLedger(services.s3, { LEDGER_BUCKET: settings.BUCKET, LEDGER_KEY: `${settings.PREFIX}${LEDGER}` }),
    ]);
    const limits = { CRITICAL: settings.CRITICAL_DAYS, HIGH: settings.HIGH_DAYS };
    const { findings: ages, ledger } = agesOf([...findings, ...components.findings], limits, known, now, running);
    const aged = [...components.silent.map(silence), ...ages];
    const day = now.toISOString().slice(0, 10);
    await write(services, settings, `${day}.csv`, 'text/csv', tableOf(aged));
    await write(services, settings, LEDGER, 'application/json', JSON.stringify(ledger));
    const over = aged.filter(({ isOver }) => isOver);
    await tell(services, settings, over, `${settings.PREFIX}${day}.csv`);
    await measure(services, settings, aged, now);
    logger.info('Reported', { findings: aged.length, over: over.length });
  };
}

type Settings = z.infer<typeof Environment>;

const LEDGER = 'ledger.json';

async function requireScanning({ inspector }: Services, wanted: readonly string[]): Promise<void> {
  const { accounts = [] } = await inspector.send(new BatchGetAccountStatusCommand({}));
  const states = accounts[0]?.resourceState as Readonly<Record<string, { status?: string } | undefined>> | undefined;
  const idle = wanted.filter((kind) => states?.[kind]?.status !== 'ENABLED');
  if (idle.length > 0) {
    throw new InspectorOff(`Inspector does not scan ${idle.join(', ')} in this account and Region`);
  }
}

function readSources(
  { s3 }: Services,
  { SOURCES, SOURCES_PREFIX: prefix, BUCKET: bucket }: Settings,
  now: Date,
): ReturnType<typeof componentFindings> {
  return componentFindings(s3, z.parse(Sources, JSON.parse(SOURCES)), { bucket, prefix }, now);
}

/** A source that says nothing is over its limit: no findings because nobody looks are no good news. */
function silence({ source: { name, days, owner }, age, why }: SilentSource): AgedFinding {
  return {
    ...{ severity: 'HIGH', age, limit: days, isOver: true, isSuppressed: false, isIdle: false, owner },
    ...{ vulnerability: why, component: name, packages: '', fix: '', arn: name },
  };
}

async function write(
  { s3 }: Services,
  { BUCKET, PREFIX }: Settings,
  name: string,
  ContentType: string,
  Body: string,
): Promise<void> {
  // A bucket with Object Lock takes nothing without a checksum.
  await s3.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: `${PREFIX}${name}`, Body, ContentType, ChecksumAlgorithm: 'SHA256' }),
  );
}

function tell(
  { sns }: Services,
  { TOPIC, STORE, BUCKET }: Settings,
  over: readonly AgedFinding[],
  key: string,
): Promise<void> {
  return tellDaily(sns, {
    topic: TOPIC,
    subject: 'Known vulnerabilities are over their limit',
    begins:
      `${over.length} findings are over their limit (${STORE}). Install what mends them, or suppress them where they were ` +
      'found with the reason why they do no harm',
    lines: over.map(({ severity, age, limit, vulnerability, component, fix, owner }) => {
      const days = age === undefined ? 'of unknown age' : `${age} days old`;
      const whose = owner === undefined ? '' : `, owner: ${owner}`;
      return `${severity} ${vulnerability} in ${component}: ${days}, limit ${limit}, fix available: ${fix || 'unknown'}${whose}`;
    }),
    ends: `The whole table: s3://${BUCKET}/${key}`,
  });
}

async function measure(
  { cloudWatch }: Services,
  { NAMESPACE, STORE }: Settings,
  aged: readonly AgedFinding[],
  Timestamp: Date,
): Promise<void> {
  const store = { Name: 'Store', Value: STORE };
  const open = aged.filter(({ isSuppressed, isIdle }) => !isSuppressed && !isIdle);
  const perSeverity = SEVERITIES.flatMap((severity): MetricDatum[] => {
    const own = open.filter((finding) => finding.severity === severity);
    const Dimensions = [store, { Name: 'Severity', Value: severity }];
    // What nobody knows the age of is as old as the limit at least; it is counted as over in any case.
    const oldest = Math.max(0, ...own.map(({ age, limit }) => age ?? limit));
    return [
      { MetricName: 'OldestFindingDays', Dimensions, Timestamp, Value: oldest, Unit: 'None' },
      { MetricName: 'OpenFindings', Dimensions, Timestamp, Value: own.length, Unit: 'Count' },
    ];
  });
  const over = open.filter(({ isOver }) => isOver).length;
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: NAMESPACE,
      MetricData: [
        ...perSeverity,
        { MetricName: 'FindingsOverLimit', Dimensions: [store], Timestamp, Value: over, Unit: 'Count' },
      ],
    }),
  );
}
