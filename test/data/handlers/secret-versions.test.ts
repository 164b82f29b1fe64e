import { SecretVersions } from '../../../lib/data/handlers/secret-versions';
import { SecretsManagerEndpoint } from '../../support/secrets-manager';

const endpoint = new SecretsManagerEndpoint();
beforeAll(() => endpoint.start());
afterAll(() => endpoint.stop());

function versionsOf(SecretId: string): SecretVersions {
  return new SecretVersions(endpoint.clients().secrets, { SecretId, ClientRequestToken: endpoint.begin(SecretId) });
}

test('a version that is current already is left as it is, with the one before it', async () => {
  const secret = endpoint.create('old');
  const versions = versionsOf(secret);
  await versions.write('new');
  await versions.makeCurrent();
  await versions.makeCurrent();
  expect(endpoint.value(secret, 'AWSCURRENT')).toBe('new');
  expect(endpoint.value(secret, 'AWSPREVIOUS')).toBe('old');
});

test('the first value that is written stays', async () => {
  const secret = endpoint.create('old');
  const versions = versionsOf(secret);
  await versions.write('first');
  await versions.write('second');
  await expect(versions.writtenPending()).resolves.toBe('first');
});

test('a secret may have no value yet', async () => {
  const versions = versionsOf(endpoint.create());
  await expect(versions.current()).resolves.toBeUndefined();
  await versions.write('first');
  await versions.makeCurrent();
  await expect(versions.current()).resolves.toBe('first');
});

test('any other error of the service is passed on', async () => {
  const versions = versionsOf(endpoint.create('old'));
  for (const action of ['PutSecretValue', 'GetSecretValue']) {
    endpoint.fault = { action, after: false, error: 'DecryptionFailure' };
    const call = action === 'PutSecretValue' ? versions.write('new') : versions.current();
    await expect(call).rejects.toMatchObject({ name: 'DecryptionFailure' });
  }
});
