import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { refuse } from './s3';

/** Entries that one answer lists, so that whoever lists has to go on. */
const LISTED = 3;

/** A version of an object, or, without a body, the mark that it was deleted. */
export interface StoredVersion {
  readonly id: string;
  readonly at: Date;
  readonly body?: Buffer;
  /** @default - keys that S3 manages */
  readonly kmsKey?: string;
  /** What S3 says is its SHA-256. */
  readonly sha256?: string;
  /** It is listed, and gone by the time that somebody asks for it. */
  readonly isErased?: boolean;
}

/**
 * Amazon S3 as far as restored buckets are compared: a real server on loopback whose objects have versions of moments that
 * a test chooses, lists them page by page, newest first, and tells how they are encrypted.
 */
export class VersionedS3 {
  /** Versions, newest first, by bucket and key. */
  public readonly buckets = new Map<string, Map<string, StoredVersion[]>>();
  /** Paths, with their query, that S3 refuses, and those that it never answers. */
  public refused?: RegExp;
  public hanging?: RegExp;
  /** What was asked for whole. */
  public readonly read: string[] = [];
  private server?: Server;
  private next = 0;

  public async start(): Promise<void> {
    const server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
  }

  public async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  public client(): S3Client {
    const endpoint = `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return new S3Client({ endpoint, region: 'eu-central-1', credentials, forcePathStyle: true, maxAttempts: 1 });
  }

  /** Writes a version: without a text, that the object was deleted. */
  public put(bucket: string, key: string, at: Date, text?: string, more: Partial<StoredVersion> = {}): void {
    const keys = this.buckets.get(bucket) ?? new Map<string, StoredVersion[]>();
    const body = text === undefined ? undefined : Buffer.from(text);
    const versions = [{ id: `v${++this.next}`, at, body, ...more }, ...(keys.get(key) ?? [])];
    this.buckets.set(bucket, keys.set(key, versions));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = '', method, headers } = request;
    if (this.hanging?.test(url) === true) {
      return;
    }
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const [, bucket, key] = /^\/([^/]+)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? [];
    const keys = this.buckets.get(bucket);
    if (this.refused?.test(url) === true || keys === undefined) {
      refuse(response, keys === undefined ? 404 : 403, keys === undefined ? 'NoSuchBucket' : 'AccessDenied');
      return;
    }
    if (key === '') {
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(searchParams.has('versions') ? listVersions(keys, searchParams) : listObjects(keys, searchParams));
      return;
    }
    const id = searchParams.get('versionId');
    const version = (keys.get(key) ?? []).find((each, place) => (id === null ? place === 0 : each.id === id));
    if (version?.body === undefined || version.isErased === true) {
      refuse(response, 404, 'NoSuchKey');
      return;
    }
    const { body, kmsKey, sha256 } = version;
    const isAsked = headers['x-amz-checksum-mode'] === 'ENABLED' && method === 'HEAD' && sha256 !== undefined;
    response.writeHead(200, {
      'content-length': body.length,
      'x-amz-server-side-encryption': kmsKey === undefined ? 'AES256' : 'aws:kms',
      ...(kmsKey === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': kmsKey }),
      ...(isAsked ? { 'x-amz-checksum-sha256': sha256, 'x-amz-checksum-type': 'FULL_OBJECT' } : {}),
    });
    if (method === 'GET') {
      this.read.push(`${bucket}/${key}`);
    }
    response.end(method === 'HEAD' ? undefined : body);
  }
}

/** SHA-256 as S3 gives it. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function listVersions(keys: Map<string, StoredVersion[]>, asked: URLSearchParams): string {
  const all = [...keys]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, versions]) => versions.map((version) => ({ key, ...version })));
  const [afterKey, afterId] = [asked.get('key-marker'), asked.get('version-id-marker')];
  const start = afterKey === null ? 0 : all.findIndex(({ key, id }) => key === afterKey && id === afterId) + 1;
  const page = all.slice(start, start + LISTED);
  const more = start + LISTED < all.length;
  const { key = '', id = '' } = page.at(-1) ?? {};
  const markers = more ? `<NextKeyMarker>${key}</NextKeyMarker><NextVersionIdMarker>${id}</NextVersionIdMarker>` : '';
  const entries = page.map(({ body, ...each }) => {
    const tag = body === undefined ? 'DeleteMarker' : 'Version';
    const size = body === undefined ? '' : `<Size>${body.length}</Size>`;
    return `<${tag}><Key>${each.key}</Key><VersionId>${each.id}</VersionId><LastModified>${each.at.toISOString()}</LastModified>${size}</${tag}>`;
  });
  return `<?xml version="1.0"?><ListVersionsResult><IsTruncated>${more}</IsTruncated>${markers}${entries.join('')}</ListVersionsResult>`;
}

function listObjects(keys: Map<string, StoredVersion[]>, asked: URLSearchParams): string {
  const after = asked.get('continuation-token') ?? '';
  const there = [...keys].filter(([, [newest]]) => newest.body !== undefined).map(([key]) => key);
  const rest = there.filter((key) => key > after).sort();
  const page = rest.slice(0, LISTED);
  const more = rest.length > LISTED;
  const token = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${contents}</ListBucketResult>`;
}
