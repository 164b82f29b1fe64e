import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { logIn } from '../../../lib/data/handlers/valkey-login';
import { type Certificate, selfSignedCertificate } from '../../support/certificate';

let own: Certificate;
let server: Server;
let answers: string[];
let received: string;
beforeAll(async () => {
  own = await selfSignedCertificate();
  server = createServer({ cert: own.certificate, key: own.privateKey }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      const answer = answers.shift();
      if (answer === undefined) {
        socket.destroy();
      } else {
        void inPieces(socket, answer);
      }
    });
  }).on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => (received = ''));

async function inPieces(socket: TLSSocket, answer: string): Promise<void> {
  for (const piece of answer.split('|')) {
    socket.write(piece);
    await pause(10);
  }
}

const attempt = ({ host = 'localhost', trusting = [own.certificate] } = {}): Promise<void> =>
  logIn({ host, port: (server.address() as AddressInfo).port, username: 'shop', password: 'naïve' }, trusting[0]);

test('sends name and password, then asks for an answer', async () => {
  answers = ['+OK\r\n', '+PONG\r\n'];
  await attempt();
  expect(received).toBe('*3\r\n$4\r\nAUTH\r\n$4\r\nshop\r\n$6\r\nnaïve\r\n*1\r\n$4\r\nPING\r\n');
});

test('reads an answer that comes in pieces', async () => {
  answers = ['+O|K\r|\n', '+PONG|\r\n'];
  await expect(attempt()).resolves.toBeUndefined();
});

test('is content when the user may log in but not ping', async () => {
  answers = ['+OK\r\n', "-NOPERM User shop has no permissions to run the 'ping' command\r\n"];
  await expect(attempt()).resolves.toBeUndefined();
});

test('fails on a wrong password, with the first word of the answer', async () => {
  answers = ['-WRONGPASS invalid username-password pair or user is disabled.\r\n'];
  await expect(attempt()).rejects.toMatchObject({ name: 'LoginFailed', message: 'AUTH: -WRONGPASS' });
});

test('fails when the server closes the connection', async () => {
  answers = [];
  await expect(attempt()).rejects.toMatchObject({ name: 'LoginFailed' });
});

test('fails on a certificate that no authority signed', async () => {
  answers = ['+OK\r\n', '+PONG\r\n'];
  await expect(attempt({ trusting: [] })).rejects.toMatchObject({ name: 'LoginFailed' });
  expect(received).toBe('');
});

test('fails on a certificate for another host', async () => {
  answers = ['+OK\r\n', '+PONG\r\n'];
  await expect(attempt({ host: '127.0.0.1' })).rejects.toMatchObject({ name: 'LoginFailed' });
  expect(received).toBe('');
});
