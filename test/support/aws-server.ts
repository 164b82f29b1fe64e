import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A request to AWS, as the server understood it. */
export interface AwsCall {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  /** Path and body: what a recording looks into when it answers for several resources. */
  readonly text: string;
}

/** What AWS answered. */
export interface Recording {
  readonly status?: number;
  readonly body: string;
}

/** What AWS answered, by `Operation`; a function where the answer depends on what was asked for. */
export type Recordings = Readonly<Record<string, Recording | ((call: AwsCall) => Recording)>>;

/** Operations of APIs that are named by method and path. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/2013-04-01\/hostedzone\/[^/]+\/rrset/, 'ListResourceRecordSets'],
  [/^\/2013-04-01\/hostedzone\/[^/]+$/, 'GetHostedZone'],
  [/^\/2020-05-31\/distribution\b/, 'ListDistributions'],
  [/^\/2020-05-31\/cache-policy\b/, 'ListCachePolicies'],
  [/^\/2020-05-31\/response-headers-policy\b/, 'ListResponseHeadersPolicies'],
  [/^\/2020-05-31\/origin-access-control\b/, 'ListOriginAccessControls'],
  [/^\/2020-05-31\/vpc-origin\b/, 'ListVpcOrigins'],
  [/^\/2020-05-31\/function\/[^/]+\/describe/, 'DescribeFunction'],
  [/^\/2016-08-19\/account-settings/, 'GetAccountSettings'],
  [/^\/v2\/email\/account/, 'GetAccount'],
  [/^\/backup-vaults\b/, 'ListBackupVaults'],
  [/^\/account-settings/, 'DescribeRegionSettings'],
  [/^\/global-settings/, 'DescribeGlobalSettings'],
];

/**
 * A server on loopback that answers as AWS did. It speaks every protocol of AWS that a client of the SDK may choose, so
 * that the SDK signs, sends and parses for real.
 */
export class AwsServer {
  /** What was asked, in order. */
  public readonly calls: AwsCall[] = [];
  /** Most requests under way at a time. */
  public mostAtOnce = 0;
  /** Most requests of which each began after another had been answered. */
  public inARow = 0;
  #underWay = 0;
  readonly #server: Server;

  private constructor(
    private readonly recordings: Recordings,
    private readonly latency: number,
  ) {
    this.#server = createServer((request, response) => {
      const depth = this.inARow + 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay);
      void readAll(request).then((body) => {
        const { status = 200, body: answer } = this.answer(callOf(request, body));
        setTimeout(() => {
          this.#underWay -= 1;
          this.inARow = Math.max(this.inARow, depth);
          response.writeHead(status, { 'content-type': answer.startsWith('<') ? 'text/xml' : 'application/json' });
          response.end(answer);
        }, this.latency);
      });
    });
  }

  /** Starts a server that answers with `recordings`, each after `latency` milliseconds. */
  public static async start(recordings: Recordings, latency = 0): Promise<AwsServer> {
    const server = new AwsServer(recordings, latency);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Where it is. */
  public get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends it. */
  public async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  private answer(call: AwsCall): Recording {
    this.calls.push(call);
    const recording = this.recordings[call.operation];
    if (recording === undefined) {
      return { status: 501, body: JSON.stringify({ __type: 'NotRecorded', message: JSON.stringify(call) }) };
    }
    return typeof recording === 'function' ? recording(call) : recording;
  }
}

function callOf(request: IncomingMessage, body: string): AwsCall {
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const url = request.url ?? '';
  const target = request.headers['x-amz-target'];
  const byPath = PATHS.find(([path]) => path.test(url))?.[1];
  const operation =
    typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : (byPath ?? actionOf(body) ?? url);
  return { service, region, operation, text: `${url} ${decodeURIComponent(body)}` };
}

function actionOf(body: string): string | undefined {
  return /(?:^|&)Action=(\w+)/.exec(body)?.[1];
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
