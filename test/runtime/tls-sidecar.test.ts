import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { openerScript } from '../../lib/compute/storefront-task';
import { tlsSidecarScript } from '../../lib/compute/tls-sidecar';
import { freePort } from '../support/free-port';

/**
 * Runs a script as Fargate does: nothing but `directory` can be written, and `user` has no capabilities, not even as
 * root. Gives the arguments of `unshare`.
 */
function confined(script: string, directory: string, user = 101): string[] {
  const steps = [
    `mount --bind ${directory} ${directory}`,
    'mount -o remount,bind,ro /',
    ...['/tmp', '/dev/shm', '/run'].map((each) => `{ ! mountpoint -q ${each} || mount -o remount,bind,ro ${each}; }`),
    `exec setpriv --reuid ${user} --regid ${user} --clear-groups --bounding-set=-all --no-new-privs /bin/sh -c "$0"`,
  ];
  return ['--mount', '/bin/sh', '-c', steps.join(' && '), script];
}

async function untilListening(port: number, says: () => string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.unref();
    });
    if (open) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nginx does not listen: ${says()}`);
}

interface Answer {
  readonly status?: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('the TLS sidecar, started as Fargate starts it', () => {
  // As Fargate mounts a directory: it is root's, mode 0755.
  const mounts = mkdtempSync(path.join(tmpdir(), 'tls-'));
  const directory = path.join(mounts, 'writable-0');
  let shop: Server;
  let sidecar: ChildProcess;
  let listen: number;
  let errors = '';
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    for (const command of ['nginx', 'openssl', 'unshare', 'setpriv']) {
      if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0) {
        throw new Error(`This test needs ${command}: apt-get install nginx-light openssl util-linux, and to be root.`);
      }
    }
    shop = createShop(seen);
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    listen = await freePort();
    const { port: target } = shop.address() as AddressInfo;
    chmodSync(mounts, 0o755);
    mkdirSync(directory, { mode: 0o755 });
    spawnSync('unshare', confined(openerScript(mounts), mounts, 0));
    const script = tlsSidecarScript({ listen, target, directory, idleTimeout: 120 });
    sidecar = spawn('unshare', confined(script, directory), { stdio: ['ignore', 'ignore', 'pipe'] });
    sidecar.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    await untilListening(listen, () => errors);
  });

  afterAll(async () => {
    sidecar.kill('SIGTERM');
    await new Promise((resolve) => (sidecar.exitCode === null ? sidecar.once('exit', resolve) : resolve(undefined)));
    await close(shop);
    rmSync(mounts, { recursive: true, force: true });
  });

  beforeEach(() => (seen.length = 0));

  const call = (options: RequestOptions, body: string | Buffer = ''): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: listen, rejectUnauthorized: false, ...options }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status, headers } = response;
          resolve({ status, headers, body: Buffer.concat(chunks).toString() });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });

  const handshake = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const socket: TLSSocket = connectTls(
        {
          host: '127.0.0.1',
          port: listen,
          rejectUnauthorized: false,
          minVersion: version,
          maxVersion: version,
          // OpenSSL's default security level would refuse TLS 1.1 on our side, and prove nothing.
          ciphers: version === 'TLSv1.1' ? 'ALL:@SECLEVEL=0' : undefined,
        },
        () => {
          resolve(socket.getProtocol());
          socket.destroy();
        },
      );
      socket.on('error', reject);
    });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    await expect(handshake(version)).resolves.toBe(version);
  });

  test('refuses TLS 1.1', async () => {
    await expect(handshake('TLSv1.1')).rejects.toThrow(/alert|protocol/i);
  });

  test('finds its directory opened by a root without capabilities', () => {
    const { mode, uid } = statSync(directory);
    expect({ mode: mode & 0o7777, uid }).toEqual({ mode: 0o1777, uid: 0 });
  });

  test('keeps its key to itself', () => {
    const key = path.join(directory, 'key.pem');
    expect(existsSync(key)).toBe(true);
    expect(statSync(key).mode & 0o077).toBe(0);
  });

  test('passes host and forwarded headers on as they came, and adds none', async () => {
    const headers = {
      host: 'shop.acme.example',
      'x-forwarded-for': '203.0.113.7, 198.51.100.2',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    };
    await call({ path: '/store/products?limit=1&q=%2Fa%20b//c', headers });
    expect(seen[0].url).toBe('/store/products?limit=1&q=%2Fa%20b//c');
    expect(seen[0].headers).toEqual({ ...headers, connection: 'close' });
  });

  test('streams a body that is larger than anything it may store', async () => {
    const size = 64 * 1024 * 1024;
    const { status, body } = await call({ path: '/size', method: 'POST' }, Buffer.alloc(size, 'x'));
    expect({ status, body }).toEqual({ status: 200, body: String(size) });
  });

  test('passes a body on while it arrives', async () => {
    const sent = request({
      host: '127.0.0.1',
      port: listen,
      path: '/size',
      method: 'POST',
      rejectUnauthorized: false,
      headers: { 'content-length': 20 },
    });
    sent.write('a'.repeat(10));
    while (seen.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const answered = new Promise<IncomingMessage>((resolve) => sent.on('response', resolve));
    sent.end('b'.repeat(10));
    expect((await answered).statusCode).toBe(200);
  });

  test('cannot write anywhere but to its directory', () => {
    const attempt = (where: string): boolean => {
      const probe = path.join(where, `probe-${process.pid}`);
      const { status } = spawnSync('unshare', confined(`touch ${probe}`, directory));
      rmSync(probe, { force: true });
      return status === 0;
    };
    expect([attempt(directory), attempt(tmpdir()), attempt('/var/tmp'), attempt('/run')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('passes a stream of events on while it lasts', async () => {
    const first = await new Promise<string>((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: listen, path: '/events', rejectUnauthorized: false },
        (response) => {
          response.once('data', (chunk: Buffer) => {
            resolve(chunk.toString());
            sent.destroy();
          });
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    expect(first).toBe('data: one\n\n');
  });

  test('takes as many header bytes as a load balancer passes on', async () => {
    const cookie = 'a'.repeat(15 * 1024);
    const { status, headers } = await call({ path: '/cookie', headers: { cookie } });
    expect(status).toBe(200);
    expect(headers['set-cookie']?.[0]).toHaveLength(15 * 1024);
  });

  test('lets web sockets through, both ways', async () => {
    const received = await new Promise<string>((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port: listen,
        path: '/socket',
        rejectUnauthorized: false,
        headers: { connection: 'Upgrade', upgrade: 'websocket' },
      });
      sent.on('upgrade', (_response, socket: Socket) => {
        socket.on('data', (chunk: Buffer) => {
          resolve(chunk.toString());
          socket.destroy();
        });
        socket.write('hello');
      });
      sent.on('response', ({ statusCode }) => reject(new Error(`no upgrade: ${statusCode}`)));
      sent.on('error', reject);
      sent.end();
    });
    expect(received).toBe('echo hello');
  });

  test('lets no other protocol through', async () => {
    await call({
      path: '/',
      headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AA' },
    });
    expect(seen[0].headers.upgrade).toBeUndefined();
    expect(seen[0].headers.connection).toBe('close');
  });

  test('follows no redirect that only a proxy would understand', async () => {
    const { status, body } = await call({ path: '/accel' });
    expect({ status, body }).toEqual({ status: 200, body: 'from the shop' });
    expect(seen.map(({ url }) => url)).toEqual(['/accel']);
  });

  test('answers 502 while the shop is away, and goes on when it is back', async () => {
    const { port } = shop.address() as AddressInfo;
    await close(shop);
    expect((await call({ path: '/' })).status).toBe(502);
    await new Promise<void>((resolve) => shop.listen(port, '127.0.0.1', resolve));
    expect((await call({ path: '/' })).status).toBe(200);
  });

  test('wrote nothing outside its directory, and complained of nothing', () => {
    expect(errors).not.toMatch(/Read-only|Permission denied|\[(emerg|crit|alert)\]/);
  });
});

/** Closes the shop; a web socket that nginx still holds does not keep it open. */
async function close(shop: Server): Promise<void> {
  const closed = new Promise((resolve) => shop.close(resolve));
  sockets.forEach((socket) => socket.destroy());
  await closed;
}

const sockets = new Set<Socket>();

/** A shop on loopback that remembers what it was asked. */
function createShop(seen: IncomingMessage[]): Server {
  const server = createServer((incoming, response) => {
    seen.push(incoming);
    let size = 0;
    incoming.on('data', (chunk: Buffer) => (size += chunk.length));
    incoming.on('end', () => {
      switch (incoming.url) {
        case '/size':
          return response.end(String(size));
        case '/events':
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          return response.write('data: one\n\n');
        case '/cookie':
          return response.setHeader('set-cookie', incoming.headers.cookie ?? '').end();
        case '/accel':
          return response.setHeader('X-Accel-Redirect', '/etc/passwd').end('from the shop');
        default:
          return response.end('from the shop');
      }
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.on('data', (chunk: Buffer) => socket.write(`echo ${chunk.toString()}`));
  });
  return server;
}
