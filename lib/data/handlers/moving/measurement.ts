import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { labelOf, quoted, tablesOf, type Table } from './catalog';
import { LoadError } from './load-error';
import type { SqlSession } from './sql-session';
import { differingRanges, StoredDigest, TableDigest } from './table-digest';

/** What a dump or a database holds: number of rows and checksums of each table. */
export const Measurement = z.object({
  /** What was measured. */
  of: z.string(),
  /** Whether every table was. */
  done: z.boolean(),
  tables: z.record(z.string(), StoredDigest),
  /** Statements of a dump that were not loaded, by kind. */
  leftOut: z.record(z.string(), z.number()),
});
export type Measurement = z.infer<typeof Measurement>;

/** Measures the tables of a database that are not in `before`, until all are or there is no more time. */
export async function measure(session: SqlSession, before: Measurement, hasTime: () => boolean): Promise<Measurement> {
  const tables = { ...before.tables };
  for (const table of await tablesOf(session)) {
    if (tables[labelOf(table)] === undefined) {
      if (!hasTime()) {
        return { ...before, tables };
      }
      tables[labelOf(table)] = await digestOf(session, table);
    }
  }
  return { ...before, tables, done: true };
}

async function digestOf(session: SqlSession, table: Table): Promise<StoredDigest> {
  const digest = TableDigest.of(table.columns);
  const columns = table.columns.map(({ name }) => session.name(name)).join(', ');
  await session.read(`SELECT ${columns} FROM ${quoted(session, table)}`, (rows) =>
    rows.forEach((row) => digest.add(row)),
  );
  return digest.store();
}

/** A table that is not the same in two measurements. */
export interface Difference {
  readonly table: string;
  /** `missing`: only the first has it; `unexpected`: only the second; `rows`: as many are not there; `values`: they differ. */
  readonly kind: 'missing' | 'unexpected' | 'rows' | 'values';
  readonly rows: readonly [before: number, after: number];
  /** Where, as far as it can be told. May hold keys of rows. */
  readonly ranges: readonly string[];
}

/** Ranges that a report names for each table. */
const MOST_RANGES = 20;

/** Compares two measurements table by table. */
export function compare(before: Measurement, after: Measurement): Difference[] {
  const labels = [...new Set([...Object.keys(before.tables), ...Object.keys(after.tables)])].sort();
  return labels.flatMap((table): Difference[] => {
    const [one, other] = [before.tables[table], after.tables[table]];
    if (one !== undefined && other !== undefined) {
      return one.rows === other.rows && one.sum === other.sum
        ? []
        : [
            {
              table,
              kind: one.rows === other.rows ? 'values' : 'rows',
              rows: [one.rows, other.rows],
              ranges: differingRanges(one, other).slice(0, MOST_RANGES),
            },
          ];
    }
    const kind = one === undefined ? 'unexpected' : 'missing';
    return [{ table, kind, rows: [one?.rows ?? 0, other?.rows ?? 0], ranges: [] }];
  });
}

/** A measurement in a bucket; undefined when there is none under this key. */
export async function readMeasurement(s3: S3Client, Bucket: string, Key: string): Promise<Measurement | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return z.parse(Measurement, JSON.parse((await Body?.transformToString()) ?? ''));
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return undefined;
    }
    throw error;
  }
}

/** As `readMeasurement`, where there has to be one. */
export async function requireMeasurement(s3: S3Client, bucket: string, key: string): Promise<Measurement> {
  const found = await readMeasurement(s3, bucket, key);
  if (found?.done !== true) {
    throw new LoadError('MeasurementMissing', `${key} holds no measurement that was finished`);
  }
  return found;
}

export async function writeReport(s3: S3Client, Bucket: string, Key: string, report: unknown): Promise<void> {
  const Body = JSON.stringify(report, undefined, 1);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
}
