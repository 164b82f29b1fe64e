import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';

/** Keys that one answer lists, so that whoever lists has to go on. */
const LISTED = 3;

/**
 * Amazon S3 as far as dumps and reports need it: a real server on loopback that takes objects, never over one where the
 * caller says so, lists them page by page, and gives whole ones, ranges of them, and none whose entity tag is another than
 * the caller expects.
 */
export class S3Endpoint {
  /** Objects by `bucket/key`. */
  public readonly objects = new Map<string, Buffer>();
  private server?: Server;

  public async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
  }

  public async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  public client(): S3Client {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return new S3Client({ endpoint: this.url, region: 'eu-central-1', credentials, forcePathStyle: true });
  }

  /** An object that holds JSON. */
  public json<T>(name: string): T {
    return JSON.parse(this.objects.get(name)?.toString() ?? 'null') as T;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const name = decodeURIComponent(pathname.slice(1));
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    if (searchParams.get('list-type') === '2') {
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(this.list(name.replace(/\/$/, ''), searchParams));
      return;
    }
    if (request.method === 'PUT' && request.headers['if-none-match'] === '*' && this.objects.has(name)) {
      refuse(response, 412, 'PreconditionFailed');
      return;
    }
    if (request.method === 'PUT') {
      this.objects.set(name, Buffer.concat(chunks));
      response.end();
      return;
    }
    const object = this.objects.get(name);
    if (object === undefined) {
      refuse(response, 404, 'NoSuchKey');
      return;
    }
    const etag = `"${createHash('md5').update(object).digest('hex')}"`;
    if (![undefined, etag].includes(request.headers['if-match'])) {
      refuse(response, 412, 'PreconditionFailed');
      return;
    }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const body = first === undefined ? object : object.subarray(Number(first), Number(last) + 1);
    response.writeHead(first === undefined ? 200 : 206, { etag, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  private list(bucket: string, asked: URLSearchParams): string {
    const after = asked.get('continuation-token') ?? asked.get('start-after') ?? '';
    const keys = [...this.objects.keys()]
      .filter((name) => name.startsWith(`${bucket}/`))
      .map((name) => name.slice(bucket.length + 1))
      .filter((key) => key.startsWith(asked.get('prefix') ?? '') && key > after)
      .sort();
    const page = keys.slice(0, LISTED);
    const more = keys.length > page.length;
    const token = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${contents}</ListBucketResult>`;
  }
}

/** Answers as S3 does where it does not do what it is asked. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
