import { setTimeout } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createHandler, type ObjectsReport } from '../../lib/backup/handlers/objects/check-objects';
import { MotoServer } from '../support/moto';

/** Versions, parts, keys and checksums as moto, which is not ours, gives them. */
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const [SOURCE, RESTORED] = ['pictures', 'awsbackup-restore-test-abc'];
const PART = Buffer.alloc(5 * 1024 * 1024, 'part');

const moto = new MotoServer();
let s3: S3Client;
let recoveryPointAt: string;

beforeAll(async () => {
  await moto.start();
  s3 = new S3Client({ forcePathStyle: true });
  for (const Bucket of [SOURCE, RESTORED]) {
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }),
    );
  }
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: SOURCE, VersioningConfiguration }));
  for (let number = 0; number < 12; number += 1) {
    await put(SOURCE, `mug ${number}+ü.webp`, `bytes of ${number}`);
    await put(RESTORED, `mug ${number}+ü.webp`, `bytes of ${number}`);
  }
  await upload(SOURCE, 'film.mp4');
  await put(RESTORED, 'film.mp4', Buffer.concat([PART, Buffer.from('end')]));
  await setTimeout(1_100);
  recoveryPointAt = new Date().toISOString();
  await setTimeout(1_100);
  await put(SOURCE, 'mug 1+ü.webp', 'overwritten since');
  await s3.send(new DeleteObjectCommand({ Bucket: SOURCE, Key: 'mug 2+ü.webp' }));
}, 60_000);
afterAll(() => moto.stop());

async function put(Bucket: string, Key: string, Body: string | Buffer, SSEKMSKeyId = KEY): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ServerSideEncryption: 'aws:kms', SSEKMSKeyId }));
}

/** In two parts: what S3 calls its entity tag is then no digest of it. */
async function upload(Bucket: string, Key: string): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const Parts = [];
  for (const [place, Body] of [PART, Buffer.from('end')].entries()) {
    const part = { Bucket, Key, UploadId, PartNumber: place + 1 };
    const { ETag } = await s3.send(new UploadPartCommand({ ...part, Body }));
    Parts.push({ ETag, PartNumber: part.PartNumber });
  }
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
}

function check(): Promise<ObjectsReport> {
  const event = {
    restoreJobId: 'job-1',
    sourceBucket: `arn:aws:s3:::${SOURCE}`,
    restoredBucket: `arn:aws:s3:::${RESTORED}`,
    recoveryPointAt,
    backupEndedAt: recoveryPointAt,
  };
  return createHandler(s3, { KEY, SAMPLE_SIZE: '100' })(event, { getRemainingTimeInMillis: () => 60_000 });
}

test('a restored bucket is held against the versions of the moment of its backup', async () => {
  expect(await check()).toEqual({ isRight: true, findings: [], objects: { expected: 13, restored: 13, compared: 13 } });
});

test('other bytes, another key and an object that is not there are found', async () => {
  await put(RESTORED, 'mug 3+ü.webp', 'bytes of X');
  await put(RESTORED, 'mug 4+ü.webp', 'bytes of 4', `${KEY}-other`);
  await s3.send(new DeleteObjectCommand({ Bucket: RESTORED, Key: 'mug 5+ü.webp' }));
  const { findings } = await check();
  expect(findings.map(({ kind }) => kind).sort()).toEqual([
    ...['DigestDiffers', 'EncryptionDiffers', 'ObjectMissing', 'ObjectsMissing'],
  ]);
});
