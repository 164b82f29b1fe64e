import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  S3ServiceException,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BackedUpObject } from './backed-up-objects';

/** Something that is not as it should be. */
export interface Finding {
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
}

/** Which bucket was backed up, what came out, and the key that what came out is encrypted with. */
export interface ComparedBuckets {
  readonly s3: S3Client;
  readonly sourceBucket: string;
  readonly restoredBucket: string;
  readonly kmsKey: string;
  readonly abortSignal: AbortSignal;
}

interface Place {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/**
 * What is wrong with a restored object: it is missing, encrypted with another key, or none of the versions that the backup
 * may hold. Entity tags say nothing of objects that KMS encrypts or that were sent in parts: bytes are hashed, unless
 * S3 has kept a SHA-256 of both.
 */
export async function compareObject(buckets: ComparedBuckets, object: BackedUpObject): Promise<Finding[]> {
  const { sourceBucket, restoredBucket, kmsKey } = buckets;
  const { key: Key, versions, isCertain } = object;
  const place = { Bucket: restoredBucket, Key };
  const restored = await look(buckets, place);
  const finding = (kind: string, detail: string): Finding => ({ kind, subject: nameOfObject(Key), detail });
  if (restored === undefined) {
    return isCertain ? [finding('ObjectMissing', 'it was there when the backup was made')] : [];
  }
  const { ServerSideEncryption: how = 'nothing', SSEKMSKeyId: by = 'no key of KMS' } = restored;
  const isEncrypted = how === 'aws:kms' && by === kmsKey;
  const wrong = isEncrypted ? [] : [finding('EncryptionDiffers', `encrypted with ${how}, ${by}`)];
  const alike = versions.filter(({ size }) => size === restored.ContentLength);
  if (alike.length === 0) {
    const sizes = versions.map(({ size }) => size).join(' or ');
    return [...wrong, finding('SizeDiffers', `${restored.ContentLength} bytes, ${sizes} were backed up`)];
  }
  const digest = remember(() => digestOf(buckets, place));
  for (const { id } of alike) {
    const original = { Bucket: sourceBucket, Key, VersionId: id };
    const known = await look(buckets, original);
    // Erased since it was listed: nothing is left that a copy could be held against.
    if (known === undefined || (await isSame(restored, known, digest, () => digestOf(buckets, original)))) {
      return wrong;
    }
  }
  return [...wrong, finding('DigestDiffers', 'its bytes are others than those that were backed up')];
}

/** Names of objects may tell of persons: a digest finds the object again, and says nothing. */
export function nameOfObject(key: string): string {
  return `object ${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

async function look({ s3, abortSignal }: ComparedBuckets, place: Place): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await s3.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }), { abortSignal });
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) {
      return undefined;
    }
    throw error;
  }
}

async function isSame(
  one: HeadObjectCommandOutput,
  other: HeadObjectCommandOutput,
  ...digests: (() => Promise<string>)[]
): Promise<boolean> {
  // A checksum of parts depends on their sizes.
  if ([one, other].every((each) => each.ChecksumType === 'FULL_OBJECT' && each.ChecksumSHA256 !== undefined)) {
    return one.ChecksumSHA256 === other.ChecksumSHA256;
  }
  const [first, second] = await Promise.all(digests.map((digest) => digest()));
  return first === second;
}

async function digestOf({ s3, abortSignal }: ComparedBuckets, place: Place): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(place), { abortSignal });
  const hash = createHash('sha256');
  for await (const chunk of addAbortSignal(abortSignal, Body as Readable)) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

/** Asks once, however often it is asked. */
function remember<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
