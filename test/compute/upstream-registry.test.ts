import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { UpstreamRegistry } from '../../lib';
import { foreignStack } from '../support/stack';

const secret = (name: string): ISecret => Secret.fromSecretNameV2(foreignStack(), 'Credentials', name);

test('takes credentials under the only name that ECR reads', () => {
  expect(UpstreamRegistry.dockerHub(secret('ecr-pullthroughcache/hub')).url).toBe('registry-1.docker.io');
  expect(() => UpstreamRegistry.github(secret('hub'))).toThrow(
    'credentials is "hub"; it must be a secret whose name starts ecr-pullthroughcache/. Create the secret under such a name; ECR reads no other. [RegistrySecretName]',
  );
});

test('needs none for the public registries', () => {
  expect([UpstreamRegistry.publicEcr(), UpstreamRegistry.quay()].map(({ credentials }) => credentials)).toEqual([
    undefined,
    undefined,
  ]);
});
