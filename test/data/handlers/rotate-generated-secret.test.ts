import { generatedSecret } from '../../../lib/data/handlers/rotate-generated-secret.handler';
import { rotationHandler } from '../../../lib/data/handlers/rotation';
import { SecretsManagerEndpoint } from '../../support/secrets-manager';

const endpoint = new SecretsManagerEndpoint();
beforeAll(() => endpoint.start());
afterAll(() => endpoint.stop());

const rotate = (secret: string): Promise<void> =>
  endpoint.rotate(rotationHandler(generatedSecret, endpoint.clients()), secret);

test('replaces the value by letters and digits of the same length', async () => {
  const secret = endpoint.create('a'.repeat(128));
  await rotate(secret);
  expect(endpoint.value(secret, 'AWSCURRENT')).toMatch(/^[A-Za-z0-9]{128}$/);
  expect(endpoint.value(secret, 'AWSCURRENT')).not.toBe('a'.repeat(128));
  expect(endpoint.value(secret, 'AWSPREVIOUS')).toBe('a'.repeat(128));
});

test('makes 64 characters for a secret without a value', async () => {
  const secret = endpoint.create();
  await rotate(secret);
  expect(endpoint.value(secret, 'AWSCURRENT')).toMatch(/^[A-Za-z0-9]{64}$/);
});

test('uses every letter and digit, none much more often than another', async () => {
  const text = (await Promise.all(Array.from({ length: 100 }, () => generatedSecret.create('x'.repeat(620), '')))).join(
    '',
  );
  const counts = new Map<string, number>();
  [...text].forEach((letter) => counts.set(letter, (counts.get(letter) ?? 0) + 1));
  expect(counts.size).toBe(62);
  // 1,000 of each are expected; six standard deviations are 189.
  expect(Math.min(...counts.values())).toBeGreaterThan(1_000 - 190);
  expect(Math.max(...counts.values())).toBeLessThan(1_000 + 190);
});
