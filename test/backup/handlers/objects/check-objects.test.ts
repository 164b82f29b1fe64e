import { createHandler, type ObjectsReport } from '../../../../lib/backup/handlers/objects/check-objects';
import { sha256Of, VersionedS3, type StoredVersion } from '../../../support/versioned-s3';

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/pictures';
const POINT = Date.parse('2026-11-29T02:00:00Z');
const minutes = (count: number): Date => new Date(POINT + count * 60_000);
const OLD = minutes(-600);
const [DURING, AFTER] = [minutes(20), minutes(300)];
const SAMPLE = { environment: { KEY, SAMPLE_SIZE: '100' }, left: 60_000, restoreJobId: 'job-1' };

const s3 = new VersionedS3();
beforeAll(() => s3.start());
afterAll(() => s3.stop());

const source = (key: string, at: Date, text?: string, more?: Partial<StoredVersion>): void =>
  s3.put('source', key, at, text, more);
const restored = (key: string, text: string, more: Partial<StoredVersion> = {}): void =>
  s3.put('restored', key, AFTER, text, { kmsKey: KEY, ...more });

const versionOf = (at: Date): StoredVersion => ({ id: `before-${at.getTime()}`, at, body: Buffer.from('before') });

/** A shop with seven pictures, all of which came out of the backup: more than S3 lists at once. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => `pictures/${letter}.webp`);
beforeEach(() => {
  s3.buckets.clear();
  s3.read.length = 0;
  s3.refused = s3.hanging = undefined;
  for (const name of NAMES) {
    source(name, OLD, `bytes of ${name}`);
    restored(name, `bytes of ${name}`);
  }
});

async function check(more: Partial<typeof SAMPLE> = {}): Promise<ObjectsReport> {
  const { environment, left, restoreJobId } = { ...SAMPLE, ...more };
  const event = {
    restoreJobId,
    sourceBucket: 'arn:aws:s3:::source',
    restoredBucket: 'arn:aws:s3:::restored',
    recoveryPointAt: minutes(0).toISOString(),
    backupEndedAt: minutes(40).toISOString(),
  };
  return createHandler(s3.client(), environment)(event, { getRemainingTimeInMillis: () => left });
}

const kindsOf = ({ findings }: ObjectsReport): string[] => findings.map(({ kind }) => kind);

test('a bucket that came out as it went in is right, and every byte was read', async () => {
  expect(await check()).toEqual({ isRight: true, findings: [], objects: { expected: 7, restored: 7, compared: 7 } });
  expect(s3.read.filter((read) => read.startsWith('restored/'))).toHaveLength(7);
});

test('an empty bucket is right, and so is a quiet one', async () => {
  for (const bucket of ['source', 'restored']) {
    s3.buckets.set(bucket, new Map());
  }
  expect(await check()).toMatchObject({ isRight: true, objects: { expected: 0, restored: 0 } });
  source('one', OLD, 'text');
  restored('one', 'text');
  expect(await check()).toMatchObject({ isRight: true, objects: { expected: 1, restored: 1 } });
});

test('what was overwritten, deleted or added since is measured by what stood there before', async () => {
  source(NAMES[0], AFTER, 'another picture');
  source(NAMES[1], AFTER);
  source('pictures/new.webp', AFTER, 'new');
  expect(await check()).toEqual({ isRight: true, findings: [], objects: { expected: 7, restored: 7, compared: 7 } });
});

test('what is newer than the backup, or older, is not what was backed up', async () => {
  source(NAMES[0], AFTER, 'X'.repeat(`bytes of ${NAMES[0]}`.length));
  restored(NAMES[0], 'X'.repeat(`bytes of ${NAMES[0]}`.length));
  expect(kindsOf(await check())).toEqual(['DigestDiffers']);
  s3.buckets.get('source')?.delete(NAMES[0]);
  source(NAMES[0], minutes(-900), 'X'.repeat(20));
  source(NAMES[0], OLD, 'Y'.repeat(20));
  restored(NAMES[0], 'X'.repeat(20));
  expect(kindsOf(await check())).toEqual(['DigestDiffers']);
});

test('what was written while the backup was made may be in it as it was or as it became', async () => {
  source(NAMES[0], DURING, 'written meanwhile');
  expect((await check()).isRight).toBe(true);
  restored(NAMES[0], 'written meanwhile');
  expect((await check()).isRight).toBe(true);
  restored(NAMES[0], 'written elsewhere');
  expect(kindsOf(await check())).toEqual(['DigestDiffers']);
});

test('what came or went while the backup was made may be missing', async () => {
  source('pictures/h.webp', DURING, 'came');
  source(NAMES[0], DURING);
  s3.buckets.get('restored')?.delete(NAMES[0]);
  expect(await check()).toMatchObject({ isRight: true, objects: { expected: 6, restored: 6, compared: 8 } });
});

test('an object with more versions than S3 lists at once is one object', async () => {
  [-700, -800, -900].forEach((minute) =>
    s3.buckets
      .get('source')
      ?.get(NAMES[0])
      ?.push(versionOf(minutes(minute))),
  );
  expect(await check()).toMatchObject({ isRight: true, objects: { expected: 7, restored: 7, compared: 7 } });
});

test('what had been deleted before is not asked for', async () => {
  source('pictures/gone.webp', OLD, 'gone');
  source('pictures/gone.webp', minutes(-60));
  expect(await check()).toMatchObject({ isRight: true, objects: { expected: 7 } });
});

test('a truncated bucket fails, also where the sample misses what is gone', async () => {
  NAMES.slice(1).forEach((name) => s3.buckets.get('restored')?.delete(name));
  const { isRight, findings } = await check({ environment: { KEY, SAMPLE_SIZE: '1' } });
  expect(isRight).toBe(false);
  expect(findings[0]).toEqual({
    kind: 'ObjectsMissing',
    subject: 'restored bucket',
    detail: '1 objects, 7 were there when the backup was made',
  });
});

test('an object that is missing is named by a digest, for names tell of customers', async () => {
  s3.buckets.get('restored')?.delete(NAMES[2]);
  restored('pictures/other.webp', 'another');
  const { findings } = await check();
  expect(findings).toEqual([
    {
      kind: 'ObjectMissing',
      subject: 'object ffe9ca514bf78ab3',
      detail: 'it was there when the backup was made',
    },
  ]);
  expect(JSON.stringify(findings)).not.toContain('pictures/');
});

test.each([
  ['longer', 'DigestDiffers', 'bytes of pictures/X.webp'],
  ['shorter', 'SizeDiffers', 'bytes'],
])('an object of other bytes, %s or not, is named', async (_, kind, text) => {
  restored(NAMES[3], text);
  expect(kindsOf(await check())).toEqual([kind]);
});

test.each([
  ['another key of KMS', { kmsKey: 'arn:aws:kms:eu-central-1:111122223333:key/other' }, /^encrypted with aws:kms, arn/],
  ['keys of S3', { kmsKey: undefined }, /^encrypted with AES256, no key of KMS$/],
])('an object under %s is named', async (_, more, detail) => {
  restored(NAMES[4], `bytes of ${NAMES[4]}`, more);
  const { findings } = await check();
  expect(findings).toEqual([expect.objectContaining({ kind: 'EncryptionDiffers' })]);
  expect(findings[0].detail).toMatch(detail);
});

test('where S3 has a SHA-256 of both, nothing is read, and it tells', async () => {
  s3.buckets.clear();
  source('one', OLD, 'text', { sha256: sha256Of('text') });
  restored('one', 'text', { sha256: sha256Of('text') });
  expect((await check()).isRight).toBe(true);
  restored('one', 'TEXT', { sha256: sha256Of('TEXT') });
  expect(kindsOf(await check())).toEqual(['DigestDiffers']);
  expect(s3.read).toEqual([]);
});

test('the sample is that of the restore job: the same again, another for another', async () => {
  const environment = { KEY, SAMPLE_SIZE: '3' };
  const readFor = async (restoreJobId: string): Promise<string[]> => {
    s3.read.length = 0;
    expect((await check({ environment, restoreJobId })).objects).toEqual({ expected: 7, restored: 7, compared: 3 });
    return s3.read.filter((read) => read.startsWith('restored/')).sort();
  };
  const first = await readFor('job-1');
  expect(first).toHaveLength(3);
  expect(await readFor('job-1')).toEqual(first);
  expect(new Set([first.join(), (await readFor('job-2')).join(), (await readFor('job-3')).join()]).size).toBe(3);
});

test('an object that was erased for good since it was listed is held against nothing', async () => {
  source('pictures/erased.webp', OLD, 'erased', { isErased: true });
  restored('pictures/erased.webp', 'ERASED');
  expect((await check()).findings).toEqual([]);
});

test.each([
  ['the bucket that was backed up', /^\/source\/?\?.*versions/, 'bucket that was backed up'],
  ['the restored bucket', /^\/restored\/?\?list-type/, 'restored bucket'],
])('when %s cannot be listed, nothing is known, and that is not right', async (_, refused, subject) => {
  s3.refused = refused;
  const { isRight, findings } = await check();
  expect(isRight).toBe(false);
  expect(findings).toEqual([{ kind: 'Unreadable', subject, detail: 'AccessDenied, 403' }]);
});

test('an object that cannot be read is named, and the others are compared', async () => {
  s3.refused = /^\/restored\/pictures\/c/;
  const { findings, objects } = await check();
  expect(findings).toEqual([{ kind: 'Unreadable', subject: 'object ffe9ca514bf78ab3', detail: 'Unknown, 403' }]);
  expect(objects.compared).toBe(6);
});

test.each([
  ['a listing', /versions/, 'it was still listing'],
  ['an object', /^\/restored\/pictures\/c.*x-id=GetObject/, '6 of 7 objects were compared'],
])('when %s hangs, it answers in time', async (_, hanging, detail) => {
  s3.hanging = hanging;
  const started = Date.now();
  const { isRight, findings } = await check({ left: 15_500 });
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(isRight).toBe(false);
  expect(findings).toEqual([{ kind: 'TimedOut', subject: 'check', detail }]);
});

test('an event that names no bucket is refused', async () => {
  const event = { restoreJobId: 'job-1', restoredBucket: 'restored' };
  const handler = createHandler(s3.client(), SAMPLE.environment);
  await expect(handler(event, { getRemainingTimeInMillis: () => 60_000 })).rejects.toThrow('restoredBucket');
});
