import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { LoadError } from './load-error';

/** A dump as it was when its loading began. */
export interface PinnedDump {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly size: number;
}

/** Bytes of a dump from `start`, as many as come at once; one character for each. Empty at its end. */
export type ReadFrom = (start: number) => Promise<string>;

/** Bytes that are asked for at once. */
const CHUNK = 4 * 1024 * 1024;

/** What S3 holds under this key now. */
export async function pin(s3: S3Client, bucket: string, key: string): Promise<PinnedDump> {
  const { ETag: etag = '', ContentLength: size = 0 } = await s3.send(
    new HeadObjectCommand({ Bucket: bucket, Key: key }),
  );
  return { bucket, key, etag, size };
}

/** Reads a dump from S3, a range at a time, and refuses an object that is no longer the one that was pinned. */
export function rangesOf(s3: S3Client, { bucket, key, etag, size }: PinnedDump): ReadFrom {
  return async (start) => {
    if (start >= size) {
      return '';
    }
    const Range = `bytes=${start}-${Math.min(start + CHUNK, size) - 1}`;
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range, IfMatch: etag }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []).toString('latin1');
    } catch (error) {
      if ((error as { name?: string }).name === 'PreconditionFailed') {
        throw changed(key);
      }
      throw error;
    }
  };
}

export function changed(key: string): LoadError {
  return new LoadError('DumpChanged', `${key} is not the object whose loading began: upload it under another key`);
}

/** The part of a dump that was read and not yet taken, one character for each byte. */
export class DumpText {
  /** What stands at `offset` and was read. */
  public text = '';

  public constructor(
    private readonly readFrom: ReadFrom,
    /** How many bytes were taken. */
    public offset: number,
  ) {}

  /** Reads on. False at the end of the dump. */
  public async more(): Promise<boolean> {
    const chunk = await this.readFrom(this.offset + this.text.length);
    this.text += chunk;
    return chunk !== '';
  }

  /** Takes the next `length` bytes away. */
  public take(length: number): string {
    const taken = this.text.slice(0, length);
    this.text = this.text.slice(length);
    this.offset += length;
    return taken;
  }

  /** Where `find` says that something ends, after reading as much as that takes; undefined when the dump ends before. */
  public async until(find: (text: string) => number | undefined, longest: number): Promise<number | undefined> {
    for (;;) {
      const end = find(this.text);
      if (end !== undefined) {
        return end;
      }
      if (this.text.length > longest) {
        throw new LoadError('DumpDamaged', `what begins at byte ${this.offset} does not end within ${longest} bytes`);
      }
      if (!(await this.more())) {
        return undefined;
      }
    }
  }
}
