import { databaseRotation } from '../../../lib/data/handlers/database-rotation';
import { type DatabaseServer } from '../../../lib/data/handlers/database-server';
import { type LoginSecret } from '../../../lib/data/handlers/login-secret';
import { rotationHandler } from '../../../lib/data/handlers/rotation';
import { RdsPostgresql } from '../../support/rds-postgresql';
import { SecretsManagerEndpoint, STEPS, type RotationRequest } from '../../support/secrets-manager';

const aws = new SecretsManagerEndpoint();
let rds: RdsPostgresql;
beforeAll(async () => {
  rds = await RdsPostgresql.start();
  await rds.reset();
  await aws.start();
}, 60_000);
afterAll(() => Promise.all([rds.stop(), aws.stop()]));

let secret: string;
beforeEach(async () => {
  aws.events.length = 0;
  aws.fault = undefined;
  await rds.databaseServer.asMaster((master) =>
    master.declare(['shop_a', 'shop_b'].map((name) => ({ name, privileges: 'readWrite', iam: false }))),
  );
  // What CloudFormation generates: no rotation has set this password anywhere.
  secret = aws.create(JSON.stringify({ username: 'shop_b', password: 'never-set' }));
});

const handlerOf = (server: DatabaseServer): ((event: RotationRequest) => Promise<void>) =>
  rotationHandler(databaseRotation('postgres', server, rds.target), aws.clients());
const rotate = (server = rds.databaseServer): Promise<void> => aws.rotate(handlerOf(server), secret);

function login(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): LoginSecret {
  return JSON.parse(aws.value(secret, stage) ?? '') as LoginSecret;
}
const works = (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<boolean> => rds.databaseServer.accepts(login(stage));

test('the first rotation makes the first password, with everything an application has to know', async () => {
  await rotate();
  const { password, ...rest } = login('AWSCURRENT');
  const { port } = rds.target;
  expect(rest).toEqual({
    username: 'shop_a',
    host: 'localhost',
    port,
    dbname: 'shop',
    engine: 'postgres',
    url: `postgresql://shop_a:${password}@localhost:${port}/shop?sslmode=verify-full`,
  });
  expect(password).toMatch(/^[A-Za-z0-9]{48}$/);
  expect(await works('AWSCURRENT')).toBe(true);
});

test('the password before stays good until the next rotation', async () => {
  await rotate();
  await rotate();
  expect([login('AWSPREVIOUS').username, login('AWSCURRENT').username]).toEqual(['shop_a', 'shop_b']);
  expect(await works('AWSPREVIOUS')).toBe(true);
  expect(await works('AWSCURRENT')).toBe(true);
  const twoAgo = login('AWSPREVIOUS');
  await rotate();
  expect(await rds.databaseServer.accepts(twoAgo)).toBe(false);
});

test('a finished rotation is announced', async () => {
  await rotate();
  expect(aws.events).toEqual([
    { Source: 'cdk-commerce-baseline', DetailType: 'Secret Rotated', Detail: JSON.stringify({ secretArn: secret }) },
  ]);
});

describe('the shop has a working password at every moment', () => {
  beforeEach(() => rotate());

  test.each(STEPS)('also when every step comes twice and the function dies after %s', async (last) => {
    const handler = handlerOf(rds.databaseServer);
    const ClientRequestToken = aws.begin(secret);
    for (const Step of STEPS.slice(0, STEPS.indexOf(last) + 1)) {
      const event = { Step, SecretId: secret, ClientRequestToken };
      await handler(event);
      expect(await works('AWSCURRENT')).toBe(true);
      await handler(event);
      expect(await works('AWSCURRENT')).toBe(true);
    }
    for (const Step of STEPS) {
      await handler({ Step, SecretId: secret, ClientRequestToken });
      expect(await works('AWSCURRENT')).toBe(true);
    }
    expect(login('AWSCURRENT').username).toBe('shop_b');
    expect(await works('AWSPREVIOUS')).toBe(true);
  });

  test.each([
    ['PutSecretValue', true],
    ['PutSecretValue', false],
    ['UpdateSecretVersionStage', true],
    ['UpdateSecretVersionStage', false],
    ['PutEvents', true],
    ['PutEvents', false],
  ])('also when %s fails (carried out: %s), and the rotation ends when it is tried again', async (action, after) => {
    const handler = handlerOf(rds.databaseServer);
    const ClientRequestToken = aws.begin(secret);
    aws.fault = { action, after };
    for (const Step of STEPS) {
      const event = { Step, SecretId: secret, ClientRequestToken };
      await handler(event).catch(() => handler(event));
      expect(await works('AWSCURRENT')).toBe(true);
    }
    expect(login('AWSCURRENT').username).toBe('shop_b');
    expect(aws.events.length).toBeGreaterThan(0);
  });

  test.each([
    ['before the statement', false],
    ['after the statement', true],
  ])('also when the connection breaks %s that sets the new one', async (_, executed) => {
    let broken = false;
    const breaking: DatabaseServer = {
      ...rds.databaseServer,
      asMaster: (work) =>
        rds.databaseServer.asMaster((master) =>
          work({
            ...master,
            setPassword: async (credentials) => {
              if (executed) {
                await master.setPassword(credentials);
              }
              if (!broken) {
                broken = true;
                throw new Error('Connection terminated unexpectedly');
              }
              await master.setPassword(credentials);
            },
          }),
        ),
    };
    const handler = handlerOf(breaking);
    const ClientRequestToken = aws.begin(secret);
    for (const Step of STEPS) {
      const event = { Step, SecretId: secret, ClientRequestToken };
      await handler(event).catch(() => handler(event));
      expect(await works('AWSCURRENT')).toBe(true);
    }
    expect(broken).toBe(true);
    expect(await works('AWSPREVIOUS')).toBe(true);
  });

  test('also when the new one does not work: readers never get it', async () => {
    const before = login('AWSCURRENT');
    const deaf: DatabaseServer = { ...rds.databaseServer, accepts: () => Promise.resolve(false) };
    await expect(rotate(deaf)).rejects.toMatchObject({ name: 'LoginDoesNotWork' });
    expect(login('AWSCURRENT')).toEqual(before);
    expect(await works('AWSCURRENT')).toBe(true);
  });

  test('also when two rotations run at the same time', async () => {
    const handler = handlerOf(rds.databaseServer);
    const ClientRequestToken = aws.begin(secret);
    for (const Step of STEPS) {
      const event = { Step, SecretId: secret, ClientRequestToken };
      await Promise.allSettled([handler(event), handler(event)]);
      await handler(event);
      expect(await works('AWSCURRENT')).toBe(true);
    }
  });
});

test('the password of the user in use is never changed', async () => {
  const rotation = databaseRotation('postgres', rds.databaseServer, rds.target);
  const current: LoginSecret = { username: 'shop_a', password: 'in-use' };
  await expect(rotation.set({ ...current, password: 'new' }, current, secret)).rejects.toMatchObject({
    name: 'StaleVersion',
  });
});

test('a version that was made for another cluster is not given to readers', async () => {
  const rotation = databaseRotation('postgres', rds.databaseServer, rds.target);
  const elsewhere = databaseRotation('postgres', rds.databaseServer, { ...rds.target, host: 'lost.example' });
  const pending = await elsewhere.create({ username: 'shop_b', password: 'x' }, secret);
  await rotation.set(pending, undefined, secret);
  await expect(rotation.test(pending, secret)).rejects.toMatchObject({ name: 'StaleVersion' });
});

test('a read-only login is sent to the readers', async () => {
  const target = { ...rds.target, readerHost: 'reader.example' };
  const rotation = databaseRotation('postgres', rds.databaseServer, target, ['shop']);
  const next = await rotation.create({ username: 'shop_b', password: 'x' }, secret);
  expect(next.host).toBe('reader.example');
});

test('a login that was withdrawn cannot be rotated back', async () => {
  await rotate();
  await rds.databaseServer.asMaster((master) => master.declare([]));
  await expect(rotate()).rejects.toMatchObject({ name: 'LoginDoesNotWork' });
});

test('a secret of any other user is refused', async () => {
  secret = aws.create(JSON.stringify({ username: 'clusteradmin', password: 'x' }));
  await expect(rotate()).rejects.toMatchObject({ name: 'UnknownUser' });
});

test('no password ever stands in the log of the server', async () => {
  await rotate();
  const first = login('AWSCURRENT').password;
  await rotate();
  expect(rds.server.log).toContain('ALTER ROLE "shop_b" PASSWORD \'SCRAM-SHA-256$');
  expect(rds.server.log).not.toContain(first);
  expect(rds.server.log).not.toContain(login('AWSCURRENT').password);
});
