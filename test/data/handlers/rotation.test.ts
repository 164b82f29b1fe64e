import * as z from 'zod/mini';
import { json, PLAIN_TEXT, rotationHandler, type SecretRotation } from '../../../lib/data/handlers/rotation';
import { SecretsManagerEndpoint, STEPS } from '../../support/secrets-manager';

const endpoint = new SecretsManagerEndpoint();
beforeAll(() => endpoint.start());
afterAll(() => endpoint.stop());

let made: number;
let valid: Set<string>;
let handler: (event: unknown) => Promise<void>;
beforeEach(() => {
  endpoint.events.length = 0;
  endpoint.fault = undefined;
  endpoint.busIsClosed = false;
  made = 0;
  valid = new Set(['value-0']);
  handler = rotationHandler(rotation, endpoint.clients());
});

/** A service that knows a set of valid values, as a database knows its passwords. */
const rotation: SecretRotation<string> = {
  format: PLAIN_TEXT,
  create: () => Promise.resolve(`value-${++made}`),
  set: (pending) => Promise.resolve(void valid.add(pending)),
  test: (pending) => (valid.has(pending) ? Promise.resolve() : Promise.reject(new Error('not valid'))),
};

test('makes a new value, sets it, tests it, gives it to readers and says so', async () => {
  const secret = endpoint.create('value-0');
  await endpoint.rotate(handler, secret);
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('value-1');
  expect(endpoint.value(secret, 'AWSPREVIOUS')).toBe('value-0');
  expect(endpoint.events).toEqual([
    {
      Source: 'cdk-commerce-baseline',
      DetailType: 'Secret Rotated',
      Detail: JSON.stringify({ secretArn: secret }),
    },
  ]);
});

test('gives a secret without any value its first one', async () => {
  const seen: (string | undefined)[] = [];
  const first = rotationHandler(
    {
      ...rotation,
      create: (current) => Promise.resolve(`first after ${seen.push(current)}`),
      set: (pending, current) => Promise.resolve(void (seen.push(current), valid.add(pending))),
    },
    endpoint.clients(),
  );
  const secret = endpoint.create();
  await endpoint.rotate(first, secret);
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('first after 1');
  expect(seen).toEqual([undefined, undefined]);
});

test('does everything once, however often each step comes', async () => {
  const secret = endpoint.create('value-0');
  const ClientRequestToken = endpoint.begin(secret);
  for (const Step of STEPS) {
    await handler({ Step, SecretId: secret, ClientRequestToken });
    await handler({ Step, SecretId: secret, ClientRequestToken });
  }
  expect(made).toBe(1);
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('value-1');
});

test('keeps one value when two runs make one at the same time', async () => {
  const secret = endpoint.create('value-0');
  const event = { Step: 'createSecret', SecretId: secret, ClientRequestToken: endpoint.begin(secret) };
  await Promise.all([handler(event), handler(event)]);
  await handler({ ...event, Step: 'setSecret' });
  await handler({ ...event, Step: 'testSecret' });
  await handler({ ...event, Step: 'finishSecret' });
  expect(valid).toContain(endpoint.value(secret, 'AWSCURRENT'));
});

test('changes nothing when a step comes again after the rotation finished, and announces the last one again', async () => {
  const secret = endpoint.create('value-0');
  const ClientRequestToken = endpoint.begin(secret);
  for (const Step of STEPS) {
    await handler({ Step, SecretId: secret, ClientRequestToken });
  }
  valid.clear();
  for (const Step of STEPS) {
    await handler({ Step, SecretId: secret, ClientRequestToken });
  }
  expect(valid).toEqual(new Set());
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('value-1');
  expect(endpoint.events).toHaveLength(2);
});

describe('when a call fails, and the step is repeated', () => {
  const reads = ['DescribeSecret', 'GetSecretValue'].map((action) => ({ action, after: false }));
  const writes = ['PutSecretValue', 'UpdateSecretVersionStage', 'PutEvents'].flatMap((action) => [
    { action, after: false },
    { action, after: true },
  ]);

  test.each([...reads, ...writes])('readers always hold a valid value ($action, after: $after)', async (fault) => {
    const secret = endpoint.create('value-0');
    const ClientRequestToken = endpoint.begin(secret);
    let failures = 0;
    endpoint.fault = fault;
    for (const Step of STEPS) {
      const event = { Step, SecretId: secret, ClientRequestToken };
      await handler(event).catch(() => (failures++, handler(event)));
      expect(valid).toContain(endpoint.value(secret, 'AWSCURRENT'));
    }
    expect(failures).toBe(1);
    expect(made).toBeLessThanOrEqual(2);
    expect(endpoint.value(secret, 'AWSCURRENT')).not.toBe('value-0');
    expect(endpoint.events.length).toBeGreaterThan(0);
  });
});

test('fails, and announces when it is repeated, when the event bus takes no event', async () => {
  const secret = endpoint.create('value-0');
  endpoint.busIsClosed = true;
  await expect(endpoint.rotate(handler, secret)).rejects.toMatchObject({ name: 'NotAnnounced' });
  endpoint.busIsClosed = false;
  const ClientRequestToken = endpoint.token(secret);
  await handler({ Step: 'finishSecret', SecretId: secret, ClientRequestToken });
  expect(endpoint.events).toHaveLength(1);
});

test('keeps the value in use when the new one does not work', async () => {
  const broken = rotationHandler({ ...rotation, set: () => Promise.resolve() }, endpoint.clients());
  const secret = endpoint.create('value-0');
  await expect(endpoint.rotate(broken, secret)).rejects.toThrow('not valid');
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('value-0');
  expect(endpoint.events).toEqual([]);
});

test('does not finish a version that has no value', async () => {
  const secret = endpoint.create('value-0');
  const event = { Step: 'finishSecret', SecretId: secret, ClientRequestToken: endpoint.begin(secret) };
  await expect(handler(event)).rejects.toMatchObject({ name: 'ValueMissing' });
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('value-0');
});

test('refuses a version that is not being rotated to', async () => {
  const secret = endpoint.create('value-0');
  const [Step] = STEPS;
  const stale = endpoint.begin(secret);
  await handler({ Step, SecretId: secret, ClientRequestToken: stale });
  endpoint.begin(secret);
  await expect(handler({ Step, SecretId: secret, ClientRequestToken: stale })).rejects.toMatchObject({
    name: 'UnknownVersion',
  });
});

test('refuses a secret that is not set up to be rotated', async () => {
  const secret = endpoint.create('value-0', false);
  const event = { Step: 'createSecret', SecretId: secret, ClientRequestToken: endpoint.begin(secret) };
  await expect(handler(event)).rejects.toMatchObject({ name: 'RotationNotEnabled' });
});

test.each([
  ['nothing', undefined],
  ['an unknown step', { Step: 'deleteSecret', SecretId: 'a', ClientRequestToken: 'b' }],
  ['no secret', { Step: 'createSecret', SecretId: '', ClientRequestToken: 'b' }],
  ['no version', { Step: 'createSecret', SecretId: 'a' }],
])('refuses an event with %s', async (_, event) => {
  await expect(handler(event)).rejects.toMatchObject({ name: '$ZodError' });
});

describe('a secret that holds JSON', () => {
  const format = json(z.object({ username: z.string(), password: z.string() }));

  test('is read and written by its shape', () => {
    const value = { username: 'shop', password: 'hunter2' };
    expect(format.read(format.write(value))).toEqual(value);
  });

  test.each(['hunter2', '{"password":"hunter2"', '{"password":"hunter2"}', '{"username":1,"password":"hunter2"}'])(
    'of another shape is refused without a word of what it holds: %s',
    (text) => {
      const read = (): unknown => format.read(text);
      expect(read).toThrow(expect.objectContaining({ name: 'ValueMalformed' }) as Error);
      expect(read).not.toThrow('hunter2');
    },
  );
});
