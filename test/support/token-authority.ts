import { createHash, timingSafeEqual } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

const ACCESS_ACCEPT = 2;
const ACCESS_REJECT = 3;
const USER_NAME = 1;
const USER_PASSWORD = 2;
const AUTHENTICATOR = { from: 4, to: 20 };

/**
 * Stands for IAM where a PostgreSQL server asks somebody else whether a token is right. Amazon RDS asks through PAM, this
 * one is asked through RADIUS (RFC 2865); the server treats both alike.
 */
export class TokenAuthority {
  public static async start(): Promise<TokenAuthority> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new TokenAuthority(socket);
  }

  /** The token that is right for each user. */
  public readonly tokens = new Map<string, string>();
  private readonly secret = 'shared';

  private constructor(private readonly socket: Socket) {
    socket.on('message', (request, { port }) => socket.send(this.answer(request), port, '127.0.0.1'));
  }

  /** How `pg_hba.conf` names this authority. */
  public get method(): string {
    const { port } = this.socket.address();
    return `radius radiusservers="127.0.0.1" radiusports="${port}" radiussecrets="${this.secret}"`;
  }

  public async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  private answer(request: Buffer): Buffer {
    const authenticator = request.subarray(AUTHENTICATOR.from, AUTHENTICATOR.to);
    const user = attribute(request, USER_NAME).toString();
    const given = this.reveal(attribute(request, USER_PASSWORD), authenticator);
    const expected = Buffer.from(this.tokens.get(user) ?? '');
    const right = expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
    const head = Buffer.from([right ? ACCESS_ACCEPT : ACCESS_REJECT, request[1] ?? 0, 0, 20]);
    return Buffer.concat([head, this.digest(head, authenticator, Buffer.from(this.secret))]);
  }

  /** RFC 2865, 5.2: blocks of 16 octets, each hidden with a digest that begins with the shared secret. */
  private reveal(hidden: Buffer, authenticator: Buffer): Buffer {
    const revealed: number[] = [];
    for (let start = 0; start < hidden.length; start += 16) {
      const before = start === 0 ? authenticator : hidden.subarray(start - 16, start);
      const mask = this.digest(Buffer.from(this.secret), before);
      hidden.subarray(start, start + 16).forEach((octet, index) => revealed.push(octet ^ (mask[index] ?? 0)));
    }
    const end = revealed.indexOf(0);
    return Buffer.from(end < 0 ? revealed : revealed.slice(0, end));
  }

  private digest(...parts: readonly Buffer[]): Buffer {
    return createHash('md5').update(Buffer.concat(parts)).digest();
  }
}

/** The value of the first attribute of `type`. */
function attribute(packet: Buffer, type: number): Buffer {
  let at = AUTHENTICATOR.to;
  while (at < packet.length && packet[at] !== type) {
    at += packet[at + 1] ?? packet.length;
  }
  return packet.subarray(at + 2, at + (packet[at + 1] ?? 2));
}
