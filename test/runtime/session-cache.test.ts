import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { CacheAccess } from '../../lib';
import { cachePassword } from '../../lib/data/handlers/rotate-cache-password.handler';
import { rotationHandler } from '../../lib/data/handlers/rotation';
import { logIn, type ValkeyLogin } from '../../lib/data/handlers/valkey-login';
import { ElastiCacheEndpoint } from '../support/elasticache';
import { SecretsManagerEndpoint } from '../support/secrets-manager';
import { findServer, ValkeyServer } from '../support/valkey';

const executable = findServer();
const server = new ValkeyServer();
const clients: Redis[] = [];

beforeAll(async () => {
  if (executable === undefined) {
    throw new Error('No valkey-server or redis-server here: "apt-get install redis-server" (Debian) brings one.');
  }
  await server.start(executable);
});
afterAll(async () => {
  clients.forEach((client) => client.disconnect());
  await server.stop();
});

/** A connection of a user with `access`, as an application makes it. */
async function connectionWith(access: CacheAccess, username = 'shop'): Promise<Redis> {
  await server.setUser(username, `on ${access.rules}`, ['a-password-of-the-shop']);
  const client = new Redis({ ...server.options(username, 'a-password-of-the-shop'), maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

describe('the commands of an application', () => {
  let shop: Redis;
  beforeAll(async () => {
    shop = await connectionWith(CacheAccess.application());
  });

  test('are enough for ioredis to connect: it names itself and reads INFO', async () => {
    await expect(shop.ping()).resolves.toBe('PONG');
    expect(shop.status).toBe('ready');
    await expect(shop.client('SETNAME', 'shop')).resolves.toBe('OK');
    await expect(shop.select(0)).resolves.toBe('OK');
  });

  test('are enough for sessions', async () => {
    await shop.set('session:1', '{"cart":[]}', 'EX', 60);
    await expect(shop.get('session:1')).resolves.toBe('{"cart":[]}');
    await expect(shop.touch('session:1')).resolves.toBe(1);
    await expect(shop.expire('session:1', 120)).resolves.toBe(1);
    await expect(shop.ttl('session:1')).resolves.toBeGreaterThan(60);
    await expect(shop.getdel('session:1')).resolves.toContain('cart');
  });

  test('are enough for a cache with tags that is emptied by scanning', async () => {
    await shop
      .pipeline()
      .hset('mc:product:1', 'data', 'x')
      .sadd('mc:tag:product', 'product:1')
      .expire('mc:tag:product', 9)
      .exec();
    await expect(shop.smembers('mc:tag:product')).resolves.toEqual(['product:1']);
    const [, keys] = await shop.scan('0', 'MATCH', 'mc:*', 'COUNT', 100);
    await expect(shop.unlink(...keys)).resolves.toBe(2);
  });

  test('are enough for locks and other scripts', async () => {
    shop.defineCommand('acquire', {
      numberOfKeys: 1,
      lua: "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[2])",
    });
    const acquire = shop as unknown as { acquire(key: string, owner: string, seconds: number): Promise<string | null> };
    await expect(acquire.acquire('lock:cart', 'one', 30)).resolves.toBe('OK');
    await expect(acquire.acquire('lock:cart', 'two', 30)).resolves.toBeNull();
    await expect(shop.script('LOAD', 'return 1')).resolves.toHaveLength(40);
    await expect(shop.time()).resolves.toHaveLength(2);
  });

  test('are enough for transactions and for messages between processes', async () => {
    await expect(shop.multi().incr('counter').incr('counter').exec()).resolves.toEqual([
      [null, 1],
      [null, 2],
    ]);
    const subscriber = shop.duplicate();
    clients.push(subscriber);
    const message = new Promise((resolve) => subscriber.on('message', (_, text) => resolve(text)));
    await subscriber.subscribe('workflow');
    await shop.publish('workflow', 'done');
    await expect(message).resolves.toBe('done');
  });

  test('are enough for BullMQ: jobs delayed, repeated, retried, in a flow, and their events', async () => {
    const options = { connection: { ...server.options('shop', 'a-password-of-the-shop'), maxRetriesPerRequest: null } };
    const queue = new Queue('orders', options);
    const events = new QueueEvents('orders', options);
    let attempts = 0;
    const worker = new Worker(
      'orders',
      (job) =>
        job.name === 'fragile' && attempts++ === 0 ? Promise.reject(new Error('once')) : Promise.resolve(job.name),
      options,
    );
    try {
      await Promise.all([queue.waitUntilReady(), events.waitUntilReady(), worker.waitUntilReady()]);
      const plain = await queue.add('plain', { order: 1 });
      const delayed = await queue.add('delayed', {}, { delay: 50, priority: 2 });
      const fragile = await queue.add('fragile', {}, { attempts: 2, backoff: { type: 'fixed', delay: 20 } });
      await expect(plain.waitUntilFinished(events)).resolves.toBe('plain');
      await expect(delayed.waitUntilFinished(events)).resolves.toBe('delayed');
      await expect(fragile.waitUntilFinished(events)).resolves.toBe('fragile');
      await queue.add('hourly', {}, { repeat: { every: 3_600_000 } });
      await expect(queue.getRepeatableJobs()).resolves.toHaveLength(1);
      await expect(queue.getJobCounts('completed')).resolves.toEqual({ completed: 3 });
      await queue.pause();
      await queue.drain();
      await expect(queue.clean(0, 100, 'completed')).resolves.toHaveLength(3);
      await queue.obliterate({ force: true });
    } finally {
      await Promise.all([worker.close(), events.close(), queue.close()]);
    }
  });

  const forbidden = [
    'FLUSHALL',
    'FLUSHDB',
    'SWAPDB 0 1',
    'KEYS *',
    'SORT list',
    'MONITOR',
    'CLIENT LIST',
    'CLIENT KILL TYPE normal',
    'CONFIG GET *',
    'CONFIG SET maxmemory 1',
    'ACL LIST',
    'ACL SETUSER intruder on nopass +@all',
    'DEBUG SLEEP 0',
    'SHUTDOWN NOSAVE',
    'REPLICAOF 10.0.0.1 6379',
    'MIGRATE 10.0.0.1 6379 key 0 1000',
    'RESTORE key 0 payload',
    'SLOWLOG GET',
    'LATENCY RESET',
    'MODULE LOAD /tmp/x.so',
    'SAVE',
    'BGREWRITEAOF',
    'SCRIPT FLUSH',
    'SCRIPT KILL',
    'FUNCTION FLUSH',
    'FUNCTION LOAD x',
    'CLUSTER RESET',
    'PSYNC ? -1',
  ];

  test.each(forbidden)('do not include %s', async (line) => {
    const [command = '', ...words] = line.split(' ');
    await expect(shop.call(command, ...words)).rejects.toThrow('NOPERM');
  });

  test('do not include them from within a script either', async () => {
    await expect(shop.eval("return redis.call('FLUSHALL')", 0)).rejects.toThrow(/NOPERM|can't run this command/);
  });
});

test('the commands of an object cache include emptying it, and no more', async () => {
  const cache = await connectionWith(CacheAccess.objectCache(), 'objects');
  await cache.set('wp:options', 'x');
  await expect(cache.flushdb()).resolves.toBe('OK');
  await expect(cache.exists('wp:options')).resolves.toBe(0);
  await expect(cache.flushall()).rejects.toThrow('NOPERM');
});

describe('a rotation', () => {
  const userId = 'acme-production-1a2b3c4d';
  const secrets = new SecretsManagerEndpoint();
  const elastiCache = new ElastiCacheEndpoint((_, passwords) => server.setPasswords('worker', passwords));
  let secret: string;
  let handler: (event: unknown) => Promise<void>;

  beforeAll(() => Promise.all([secrets.start(), elastiCache.start()]));
  afterAll(() => Promise.all([secrets.stop(), elastiCache.stop()]));
  beforeEach(async () => {
    await server.setUser('worker', `on ${CacheAccess.application().rules}`, ['made-by-cloudformation']);
    elastiCache.passwords.set(userId, ['made-by-cloudformation']);
    secret = secrets.create(JSON.stringify({ username: 'worker', userId, password: 'made-by-cloudformation' }));
    const { host, port, certificate } = server;
    const contact = {
      users: elastiCache.client(),
      host,
      port,
      logIn: (login: ValkeyLogin) => logIn(login, certificate),
      pause: 10,
    };
    handler = rotationHandler(cachePassword(contact), secrets.clients());
  });

  const current = (): { password: string; url: string } =>
    JSON.parse(secrets.value(secret, 'AWSCURRENT') ?? '') as { password: string; url: string };

  async function ping(client: Redis): Promise<string> {
    clients.push(client);
    return client.on('error', () => undefined).ping();
  }

  test('gives the shop a url with which it can connect', async () => {
    await secrets.rotate(handler, secret);
    await expect(ping(new Redis(current().url, { tls: { ca: server.certificate } }))).resolves.toBe('PONG');
  });

  test('leaves connections and logins of a service that was not deployed again alone', async () => {
    const before = new Redis({ ...server.options('worker', 'made-by-cloudformation') });
    await expect(ping(before)).resolves.toBe('PONG');
    await secrets.rotate(handler, secret);
    await expect(before.ping()).resolves.toBe('PONG');
    await expect(ping(new Redis(server.options('worker', 'made-by-cloudformation')))).resolves.toBe('PONG');
  });

  test('ends a password at the second rotation after it', async () => {
    await secrets.rotate(handler, secret);
    await secrets.rotate(handler, secret);
    const login = { host: server.host, port: server.port, username: 'worker' };
    const attempt = (password: string): Promise<void> => logIn({ ...login, password }, server.certificate);
    await expect(attempt('made-by-cloudformation')).rejects.toThrow('WRONGPASS');
    await expect(attempt(current().password)).resolves.toBeUndefined();
  });

  test('keeps the password in use when the server does not take the new one', async () => {
    await server.setUser('worker', `off ${CacheAccess.application().rules}`, ['made-by-cloudformation']);
    await expect(secrets.rotate(handler, secret)).rejects.toThrow('WRONGPASS');
    expect(current().password).toBe('made-by-cloudformation');
  });
});

test('nobody gets in without a name: there is no default user', async () => {
  const anonymous = new Redis({
    host: server.host,
    port: server.port,
    tls: { ca: server.certificate },
    retryStrategy: null,
  });
  clients.push(anonymous.on('error', () => undefined));
  await expect(anonymous.get('session:1')).rejects.toThrow(/NOAUTH/);
});
