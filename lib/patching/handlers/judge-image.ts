import { Logger } from '@aws-lambda-powertools/logger';
import { type Inspector2Client } from '@aws-sdk/client-inspector2';
import { type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { agesOf } from './finding-ages';
import { LedgerPlace, readLedger } from './findings-ledger';
import { digestOf, openFindings } from './inspector-findings';

const Environment = z.object({
  CRITICAL_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  HIGH_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  ...LedgerPlace.shape,
});

/** The image that is judged. */
const Request = z.object({
  repository: z.string().check(z.minLength(1)),
  digest: z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)),
});

/** Whether the image may run, and the findings because of which it may not. */
export interface Verdict {
  readonly passed: boolean;
  readonly over: readonly string[];
}

/** More than these nobody reads in a record. */
const NAMED = 20;

const logger = new Logger();

/**
 * Judges an image that Inspector has scanned: no finding in it is older than its limit. The age is that of the
 * vulnerability in the repository, whichever image it was first seen in: building again does not make it younger. Inspector
 * closes the findings of an image that was replaced some time ago; the ledger of the findings still knows them.
 */
export function createHandler(
  {
    inspector,
    s3,
    now,
  }: {
    readonly inspector: Pick<Inspector2Client, 'send'>;
    readonly s3: Pick<S3Client, 'send'>;
    readonly now: () => Date;
  },
  environment: NodeJS.ProcessEnv = process.env,
) {
  return async (request: unknown): Promise<Verdict> => {
    const { CRITICAL_DAYS, HIGH_DAYS, ...place } = z.parse(Environment, environment);
    const { repository, digest } = z.parse(Request, request);
    const findings = await openFindings(inspector, repository);
    const own = new Set(findings.filter((finding) => digestOf(finding) === digest).map(({ findingArn }) => findingArn));
    const known = await readLedger(s3, place);
    const { findings: aged } = agesOf(findings, { CRITICAL: CRITICAL_DAYS, HIGH: HIGH_DAYS }, known, now());
    const over = aged.filter(({ arn, isOver }) => isOver && own.has(arn));
    logger.info('Judged', { digest, findings: own.size, over: over.length });
    return {
      passed: over.length === 0,
      over: over
        .slice(0, NAMED)
        .map(
          ({ severity, vulnerability, age = 'unknown', limit }) =>
            `${severity} ${vulnerability}: ${age} of ${limit} days`,
        ),
    };
  };
}
