import { connect, type TLSSocket } from 'node:tls';

/** Where to log in, and as whom. */
export interface ValkeyLogin {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** The login did not work. The message is the server's first word, never what was sent. */
export class LoginFailed extends Error {
  public override readonly name = 'LoginFailed';
}

/** Longest wait for an answer, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Logs in to a Valkey server as a client would: TLS 1.2 or later, a certificate that a public authority issued for this
 * host, name and password, and a command.
 *
 * @param authorities certificates to trust instead of the public ones
 * @throws LoginFailed
 */
export async function logIn(login: ValkeyLogin, authorities?: string): Promise<void> {
  const { host, port, username, password } = login;
  const socket = connect({ host, port, servername: host, minVersion: 'TLSv1.2', ca: authorities });
  try {
    await answerTo(socket, ['AUTH', username, password], '+OK');
    // A user whose list of commands leaves out PING is logged in none the less.
    await answerTo(socket, ['PING'], '+PONG', '-NOPERM');
  } finally {
    socket.destroy();
  }
}

/** Sends one command and waits for one line. Commands and answers are the server's RESP protocol. */
function answerTo(socket: TLSSocket, command: readonly string[], ...expected: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const end = (failure?: string): void => {
      socket.off('data', onData).off('error', onError).off('close', onClose).setTimeout(0);
      return failure === undefined ? resolve() : reject(new LoginFailed(`${command[0]}: ${failure}`));
    };
    const onError = ({ message }: Error): void => end(message);
    const onClose = (): void => end('the server closed the connection');
    const onData = (chunk: Buffer): void => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) {
        end(expected.some((each) => answer.startsWith(each)) ? undefined : answer.split(/\s/)[0]);
      }
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.setTimeout(PATIENCE, () => end(`no answer within ${PATIENCE / 1_000} seconds`));
    socket.write(
      `*${command.length}\r\n${command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
    );
  });
}
