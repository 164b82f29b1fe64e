import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';

/**
 * Amazon S3 as far as dumps and reports need it: a real server on loopback that takes objects and gives whole ones, ranges
 * of them, and none whose entity tag is another than the caller expects.
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
    const name = decodeURIComponent(new URL(request.url ?? '', this.url).pathname.slice(1));
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
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
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
