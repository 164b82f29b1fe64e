import { Logger } from '@aws-lambda-powertools/logger';
import { type S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { pin, rangesOf } from './dump-text';
import { loadDump, type LoadTarget } from './load-dump';
import { compare, measure, readMeasurement, requireMeasurement, writeReport, type Measurement } from './measurement';
import type { SqlSession } from './sql-session';

const Environment = z.object({ BUCKET: z.string() });

/** Names a file among the reports: what a measurement is of, and of which execution it is. */
const Name = z.string().check(z.regex(/^[\w.-]{1,120}$/));

const Key = z.string().check(z.minLength(1), z.maxLength(1024));

/** What the state machine asks for, one step at a time. Each may be asked for again, and then goes on. */
const Input = z.discriminatedUnion('action', [
  z.object({ action: z.literal('load'), dump: Key, execution: Name }),
  z.object({ action: z.literal('measure'), execution: Name }),
  z.object({ action: z.literal('compare'), execution: Name, reference: z.optional(Key) }),
]);

/** Kept back for the batch that is under way, and for ending the session: a batch takes seconds. */
const RESERVE_MILLISECONDS = 90_000;

/** Tables that the output of an execution names. */
const MOST_NAMED = 20;

const REPORTS = 'reports/';

/** In the place of a reference: there is nothing to compare with. */
const NOTHING = 'none';

/** Where dumps are, and how the database is reached. */
export interface DataTaskClients<Session extends SqlSession> {
  readonly s3: S3Client;
  /** Logs in. */
  readonly session: () => Promise<Session>;
  readonly target: (session: Session) => LoadTarget;
}

const logger = new Logger();

/** Loads a dump, measures a database and compares two measurements, in steps that fit the time of a function. */
export function dataTask<Session extends SqlSession>(
  clients: DataTaskClients<Session>,
  environment: NodeJS.ProcessEnv = process.env,
) {
  return async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<object> => {
    const { BUCKET: bucket } = z.parse(Environment, environment);
    const input = z.parse(Input, event);
    const hasTime = (): boolean => context.getRemainingTimeInMillis() > RESERVE_MILLISECONDS;
    const keyOf = (name: string): string => `${REPORTS}${input.execution}/${name}.json`;
    if (input.action === 'compare' && input.reference === NOTHING) {
      return { done: true, equal: true, report: keyOf('after') };
    }
    if (input.action === 'compare') {
      return compareReports(clients.s3, bucket, keyOf, input.reference);
    }
    const session = await clients.session();
    try {
      return input.action === 'load'
        ? await load(clients, session, { bucket, key: input.dump, report: keyOf('before'), hasTime })
        : await measureOn(clients.s3, session, bucket, keyOf('after'), hasTime);
    } finally {
      await session.end().catch(() => {});
    }
  };
}

interface LoadRequest {
  readonly bucket: string;
  readonly key: string;
  readonly report: string;
  readonly hasTime: () => boolean;
}

async function load<Session extends SqlSession>(
  { s3, target }: DataTaskClients<Session>,
  session: Session,
  { bucket, key, report, hasTime }: LoadRequest,
): Promise<object> {
  const dump = await pin(s3, bucket, key);
  const readFrom = rangesOf(s3, dump);
  const [progress, loaded] = await loadDump({ target: target(session), dump, readFrom, hasTime });
  logger.info('Progress', { ...progress });
  if (progress.done) {
    const before: Measurement = { of: `s3://${bucket}/${key}`, done: true, ...loaded };
    await writeReport(s3, bucket, report, before);
  }
  return progress;
}

async function measureOn(
  s3: S3Client,
  session: SqlSession,
  bucket: string,
  key: string,
  hasTime: () => boolean,
): Promise<object> {
  const begun = (await readMeasurement(s3, bucket, key)) ?? {
    of: 'the database',
    done: false,
    tables: {},
    leftOut: {},
  };
  const found = await measure(session, begun, hasTime);
  await writeReport(s3, bucket, key, found);
  const rows = Object.values(found.tables).reduce((sum, table) => sum + table.rows, 0);
  const progress = { done: found.done, tables: Object.keys(found.tables).length, rows, measurement: key };
  logger.info('Progress', progress);
  return progress;
}

async function compareReports(
  s3: S3Client,
  bucket: string,
  keyOf: (name: string) => string,
  reference = keyOf('before'),
): Promise<object> {
  const before = await requireMeasurement(s3, bucket, reference);
  const after = await requireMeasurement(s3, bucket, keyOf('after'));
  const differences = compare(before, after);
  const report = keyOf('comparison');
  const { leftOut } = before;
  await writeReport(s3, bucket, report, { before: reference, after: keyOf('after'), leftOut, differences });
  // Ranges may hold keys of rows; they stand in the report alone.
  const named = differences.slice(0, MOST_NAMED).map(({ table, kind, rows }) => ({ table, kind, rows }));
  const result = {
    done: true,
    equal: differences.length === 0,
    tables: Object.keys(after.tables).length,
    differences: named,
    report,
  };
  logger.info('Compared', { equal: result.equal, tables: result.tables, differing: differences.length });
  return result;
}
