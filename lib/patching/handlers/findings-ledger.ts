import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { Ledger } from './finding-ages';

/** Where the ledger is, as the environment of a function that reads it says. */
export const LedgerPlace = z.object({
  /** Empty: there is none. */
  LEDGER_BUCKET: z.string(),
  LEDGER_KEY: z.string(),
});

/** What earlier days knew. Empty where there is no ledger, or none yet. */
export async function readLedger(
  s3: Pick<S3Client, 'send'>,
  { LEDGER_BUCKET: Bucket, LEDGER_KEY: Key }: z.infer<typeof LedgerPlace>,
): Promise<Ledger> {
  if (Bucket === '') {
    return {};
  }
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return z.parse(Ledger, JSON.parse((await Body?.transformToString()) ?? ''));
  } catch (error) {
    // The first day. Anything else fails: with an empty ledger every finding would be young again.
    if (error instanceof NoSuchKey) {
      return {};
    }
    throw error;
  }
}
