import { Logger } from '@aws-lambda-powertools/logger';
import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import { tellDaily } from './daily-message';
import { type HostLimits, type KnownHost, lacks, reasonsAgainst, unscannedDays } from './host-states';
import { lastInstalled, patchStates, taggedHosts } from './tagged-hosts';

const days = z.coerce.number().check(z.int(), z.gte(1));

const Environment = z.object({
  /** The tag by which hosts are found, and its value. */
  TAG: z.string().check(z.minLength(1)),
  PATCH_GROUP: z.string().check(z.minLength(1)),
  BASELINE: z.string().check(z.minLength(1)),
  /** What installs patches. */
  DOCUMENT: z.string().check(z.minLength(1)),
  NAMESPACE: z.string(),
  SCAN_DAYS: days,
  PATCH_DAYS: days,
  /** Whom to tell. Empty: nobody. */
  TOPIC: z.string(),
});

type Settings = z.infer<typeof Environment>;

/** The AWS that the handler speaks to. */
export interface Services {
  readonly ec2: Pick<EC2Client, 'send'>;
  readonly ssm: Pick<SSMClient, 'send'>;
  readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly now: () => Date;
}

interface JudgedHost extends KnownHost {
  readonly reasons: readonly string[];
}

const logger = new Logger();

/**
 * Compares the hosts that carry the tag with what Patch Manager knows of them, and tells of those that it does not see, or
 * that lack what a window should have installed. The metrics come last, so that whatever fails before them is noticed.
 */
export function createHandler(services: Services, environment: NodeJS.ProcessEnv = process.env) {
  return async (): Promise<void> => {
    const settings = z.parse(Environment, environment);
    const now = services.now();
    const limits = { baseline: settings.BASELINE, scanDays: settings.SCAN_DAYS, patchDays: settings.PATCH_DAYS };
    const judged = (await knownHosts(services, settings)).map((host): JudgedHost => ({
      ...host,
      reasons: reasonsAgainst(host, limits, now),
    }));
    const over = judged.filter(({ reasons }) => reasons.length > 0);
    await tell(services, settings, over);
    await measure(services, settings, limits, { hosts: judged, over: over.length }, now);
    logger.info('Reported', { hosts: judged.length, over: over.length });
  };
}

async function knownHosts({ ec2, ssm }: Services, { TAG, PATCH_GROUP, DOCUMENT }: Settings): Promise<KnownHost[]> {
  const hosts = await taggedHosts(ec2, TAG, PATCH_GROUP);
  const states = await patchStates(ssm, hosts);
  const known: KnownHost[] = [];
  for (const host of hosts) {
    const state = states.get(host.id);
    // Of a host that lacks nothing it does not matter. One by one: Systems Manager allows few requests a second.
    const installed = lacks(state).length === 0 ? undefined : await lastInstalled(ssm, host.id, DOCUMENT);
    known.push({ ...host, state, installed });
  }
  return known;
}

function tell({ sns }: Services, { TOPIC, PATCH_GROUP }: Settings, over: readonly JudgedHost[]): Promise<void> {
  return tellDaily(sns, {
    topic: TOPIC,
    subject: 'Hosts are not patched',
    begins:
      `${over.length} hosts of the patch group ${PATCH_GROUP} are over their limit. Mend what keeps them from Systems Manager, ` +
      'patch them, or replace them',
    lines: over.map(({ id, reasons }) => `${id}: ${reasons.join('; ')}`),
  });
}

async function measure(
  { cloudWatch }: Services,
  { NAMESPACE, PATCH_GROUP }: Settings,
  { scanDays }: HostLimits,
  { hosts, over }: { readonly hosts: readonly KnownHost[]; readonly over: number },
  Timestamp: Date,
): Promise<void> {
  const Dimensions = [{ Name: 'PatchGroup', Value: PATCH_GROUP }];
  // A scan of unknown age is as old as the limit at least; it is counted as over in any case.
  const oldest = Math.max(0, ...hosts.map((host) => unscannedDays(host, Timestamp) ?? scanDays));
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: NAMESPACE,
      MetricData: [
        { MetricName: 'OldestScanDays', Dimensions, Timestamp, Value: oldest, Unit: 'None' },
        { MetricName: 'HostsOverLimit', Dimensions, Timestamp, Value: over, Unit: 'Count' },
      ],
    }),
  );
}
