import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type S3Client } from '@aws-sdk/client-s3';

/** From when to when a backup was made. What was written in between may be in it. */
export interface BackupTime {
  readonly recoveryPointAt: Date;
  readonly backupEndedAt: Date;
}

/** A version of an object. */
export interface Version {
  readonly id: string;
  readonly size: number;
}

/** An object that stood in a bucket while the bucket was backed up. */
export interface BackedUpObject {
  readonly key: string;
  /** The backup holds one of them: the one of its beginning, or one that was written while it was made. */
  readonly versions: readonly Version[];
  /** It stood there all the time, so that the backup has to hold it. */
  readonly isCertain: boolean;
}

/** A version, or the mark of a deletion. */
interface Listed extends Version {
  readonly at: number;
  readonly isDeletion: boolean;
}

/**
 * What stood in `bucket` while it was backed up, in the order of the keys: a versioned bucket still tells, whatever was
 * overwritten or deleted since.
 */
export async function* backedUpObjects(
  s3: S3Client,
  bucket: string,
  time: BackupTime,
  abortSignal: AbortSignal,
): AsyncGenerator<BackedUpObject> {
  const open = new Map<string, Listed[]>();
  let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (from !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, ...from }),
      { abortSignal },
    );
    for (const [key, listed] of listedIn(page)) {
      open.set(key, [...(open.get(key) ?? []), listed]);
    }
    from =
      page.IsTruncated === true
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    for (const [key, versions] of open) {
      // The versions of the last key of a page may go on in the next one.
      if (key !== from?.KeyMarker) {
        open.delete(key);
        yield* objectOf(key, versions, time);
      }
    }
  }
}

function listedIn({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): [string, Listed][] {
  const versions = Versions.map((each) => ({ ...each, isDeletion: false }));
  const deletions = DeleteMarkers.map((each) => ({ ...each, Size: 0, isDeletion: true }));
  return [...versions, ...deletions].map(
    ({ Key = '', VersionId: id = '', LastModified, Size: size = 0, isDeletion }) => [
      Key,
      { id, size, at: LastModified?.getTime() ?? NaN, isDeletion },
    ],
  );
}

function objectOf(
  key: string,
  versions: readonly Listed[],
  { recoveryPointAt, backupEndedAt }: BackupTime,
): BackedUpObject[] {
  const began = Math.max(...versions.map(({ at }) => at).filter((at) => at <= recoveryPointAt.getTime()));
  const possible = versions.filter(({ at }) => at >= began && at <= backupEndedAt.getTime());
  const kept = possible.filter(({ isDeletion }) => !isDeletion);
  const isCertain = began > -Infinity && kept.length === possible.length;
  return kept.length === 0 ? [] : [{ key, versions: kept, isCertain }];
}
