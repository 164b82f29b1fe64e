import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';

/**
 * ElastiCache as the rotation of a password sees it: a real server on loopback that speaks the SDK's protocol. A change
 * of a user takes a while, during which another one is refused; then the cache knows the new passwords.
 */
export class ElastiCacheEndpoint {
  /** Passwords of each user, as the cache knows them. */
  public readonly passwords = new Map<string, readonly string[]>();
  /** How often a user is seen being changed before it is active again. */
  public looksWhileChanging = 1;
  /** Looks left until a user that is being changed is active again. */
  public readonly changing = new Map<string, number>();
  private server?: Server;

  /** @param onChange brings the passwords of a user to the cache */
  public constructor(
    private readonly onChange: (userId: string, passwords: readonly string[]) => Promise<void> = () =>
      Promise.resolve(),
  ) {}

  public async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void this.answer(new URLSearchParams(Buffer.concat(chunks).toString())).then(({ status, body }) =>
          response.writeHead(status, { 'content-type': 'text/xml' }).end(body),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** A real SDK client that talks to this server. */
  public client(): ElastiCacheClient {
    const { port } = this.server?.address() as AddressInfo;
    return new ElastiCacheClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  private async answer(request: URLSearchParams): Promise<{ status: number; body: string }> {
    const userId = request.get('UserId') ?? '';
    if (!this.passwords.has(userId)) {
      return refusal('UserNotFound');
    }
    const left = this.changing.get(userId) ?? 0;
    if (request.get('Action') === 'DescribeUsers') {
      this.changing.set(userId, Math.max(0, left - 1));
      const status = left > 0 ? 'modifying' : 'active';
      return result(
        'DescribeUsers',
        `<Users><member><UserId>${userId}</UserId><Status>${status}</Status></member></Users>`,
      );
    }
    if (left > 0) {
      return refusal('InvalidUserState');
    }
    const passwords = [1, 2, 3].flatMap((n) => request.get(`AuthenticationMode.Passwords.member.${n}`) ?? []);
    if (passwords.length < 1 || passwords.length > 2) {
      return refusal('InvalidParameterValue');
    }
    this.passwords.set(userId, passwords);
    this.changing.set(userId, this.looksWhileChanging);
    await this.onChange(userId, passwords);
    return result('ModifyUser', `<UserId>${userId}</UserId><Status>modifying</Status>`);
  }
}

function result(action: string, content: string): { status: number; body: string } {
  const body = `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`;
  return { status: 200, body };
}

function refusal(code: string): { status: number; body: string } {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`;
  return { status: 400, body };
}
