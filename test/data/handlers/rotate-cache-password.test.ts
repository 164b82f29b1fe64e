import { cachePassword } from '../../../lib/data/handlers/rotate-cache-password.handler';
import { rotationHandler } from '../../../lib/data/handlers/rotation';
import { LoginFailed, type ValkeyLogin } from '../../../lib/data/handlers/valkey-login';
import { ElastiCacheEndpoint } from '../../support/elasticache';
import { SecretsManagerEndpoint, STEPS } from '../../support/secrets-manager';

const secrets = new SecretsManagerEndpoint();
const cache = new ElastiCacheEndpoint();
beforeAll(() => Promise.all([secrets.start(), cache.start()]));
afterAll(() => Promise.all([secrets.stop(), cache.stop()]));

const userId = 'acme-production-1a2b3c4d';
const generated = JSON.stringify({ username: 'shop', userId, password: 'made-by-cloudformation' });

let secret: string;
let handler: (event: unknown) => Promise<void>;
let loginsToRefuse: number;
beforeEach(() => {
  secrets.events.length = 0;
  secrets.fault = undefined;
  cache.passwords.set(userId, ['made-by-cloudformation']);
  cache.looksWhileChanging = 1;
  loginsToRefuse = 0;
  secret = secrets.create(generated);
  const contact = { users: cache.client(), host: 'cache.example', port: 6380, logIn, pause: 1 };
  handler = rotationHandler(cachePassword(contact), secrets.clients());
});

/** Logs in where the passwords of the endpoint are good. */
function logIn({ host, port, username, password }: ValkeyLogin): Promise<void> {
  const good = host === 'cache.example' && port === 6380 && username === 'shop';
  return good && loginsToRefuse-- <= 0 && cache.passwords.get(userId)?.includes(password)
    ? Promise.resolve()
    : Promise.reject(new LoginFailed('AUTH: -WRONGPASS'));
}

interface Login {
  readonly username: string;
  readonly password: string;
  readonly host?: string;
  readonly port?: number;
  readonly url?: string;
}
const login = (stage: 'AWSCURRENT' | 'AWSPREVIOUS' = 'AWSCURRENT'): Login =>
  JSON.parse(secrets.value(secret, stage) ?? '') as Login;

test('completes what CloudFormation generated with the address of the cache', async () => {
  await secrets.rotate(handler, secret);
  const { password, ...rest } = login();
  expect(password).toMatch(/^[\w-]{64}$/);
  expect(rest).toEqual({
    username: 'shop',
    userId,
    host: 'cache.example',
    port: 6380,
    url: `rediss://shop:${password}@cache.example:6380`,
  });
});

test('keeps the password before good until the next rotation, and no longer', async () => {
  await secrets.rotate(handler, secret);
  const first = login().password;
  expect(cache.passwords.get(userId)).toEqual(['made-by-cloudformation', first]);
  await secrets.rotate(handler, secret);
  expect(cache.passwords.get(userId)).toEqual([first, login().password]);
  expect(login('AWSPREVIOUS').password).toBe(first);
});

test('waits until ElastiCache has changed the user, and does not change one that is being changed', async () => {
  cache.changing.set(userId, 5);
  cache.looksWhileChanging = 5;
  await secrets.rotate(handler, secret);
  expect(cache.passwords.get(userId)).toContain(login().password);
});

test('gives a node a moment to learn the password', async () => {
  loginsToRefuse = 3;
  await secrets.rotate(handler, secret);
  expect(login().host).toBe('cache.example');
});

test('gives nobody a password that does not work', async () => {
  loginsToRefuse = Infinity;
  await expect(secrets.rotate(handler, secret)).rejects.toMatchObject({ name: 'LoginFailed' });
  expect(login().password).toBe('made-by-cloudformation');
  expect(cache.passwords.get(userId)).toContain('made-by-cloudformation');
});

test.each(STEPS)('never leaves the shop without a password when %s stops half-way and comes again', async (broken) => {
  const ClientRequestToken = secrets.begin(secret);
  for (const Step of STEPS) {
    const event = { Step, SecretId: secret, ClientRequestToken };
    if (Step === broken) {
      secrets.fault = { action: 'GetSecretValue', after: false };
      await handler(event).catch(() => undefined);
      secrets.fault = undefined;
      await handler(event);
    }
    await handler(event);
    expect(cache.passwords.get(userId)).toContain(login().password);
  }
  expect(login().password).not.toBe('made-by-cloudformation');
});

test('refuses a secret that does not say whose password it is', async () => {
  secret = secrets.create(JSON.stringify({ username: 'shop', password: 'made-by-cloudformation' }));
  await expect(secrets.rotate(handler, secret)).rejects.toMatchObject({ name: 'ValueMalformed' });
});
