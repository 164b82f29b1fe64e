import { customResource } from '../../../lib/core/handlers/custom-resource';
import { firstRotation } from '../../../lib/data/handlers/await-first-rotation.handler';
import { generatedSecret } from '../../../lib/data/handlers/rotate-generated-secret.handler';
import { rotationHandler } from '../../../lib/data/handlers/rotation';
import { type Answer, CloudFormationEndpoint, invocation } from '../../support/cloudformation';
import { SecretsManagerEndpoint } from '../../support/secrets-manager';

const secrets = new SecretsManagerEndpoint();
const cloudFormation = new CloudFormationEndpoint();
beforeAll(() => Promise.all([secrets.start(), cloudFormation.start()]));
afterAll(() => Promise.all([secrets.stop(), cloudFormation.stop()]));
beforeEach(() => {
  cloudFormation.answers.length = 0;
  secrets.fault = undefined;
});

async function deploy(SecretId: string, atMost = 4_000): Promise<Answer | undefined> {
  const handler = customResource(firstRotation(secrets.clients().secrets, { every: 20, atMost }));
  await handler(cloudFormation.event({ RequestType: 'Create' }, { SecretId }), invocation());
  return cloudFormation.answers[0];
}

const rotate = (secret: string): Promise<void> =>
  secrets.rotate(rotationHandler(generatedSecret, secrets.clients()), secret);

test.each([
  ['that was generated', 'generated'],
  ['that was made without a value', undefined],
])('lets the deployment go on once a secret %s has been rotated, and hands on its ARN', async (_, value) => {
  const secret = secrets.create(value);
  const deployment = deploy(secret);
  await rotate(secret);
  expect(await deployment).toMatchObject({ Status: 'SUCCESS', Data: { SecretArn: secret } });
});

test('holds the deployment while a value is on its way', async () => {
  const secret = secrets.create('generated');
  await rotate(secret);
  secrets.begin(secret);
  expect(await deploy(secret, 200)).toMatchObject({ Status: 'FAILED' });
});

test('fails the deployment when nothing rotates the secret, and says where to look', async () => {
  const secret = secrets.create('generated');
  expect(await deploy(secret, 200)).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(/^RotationUnfinished: .* log of its rotation function/) as string,
  });
});

test('waits for its own permission, which IAM makes known a little later', async () => {
  const secret = secrets.create('generated');
  await rotate(secret);
  secrets.fault = { action: 'DescribeSecret', after: false, error: 'AccessDeniedException' };
  expect(await deploy(secret)).toMatchObject({ Status: 'SUCCESS' });
});

test('fails the deployment at once when there is no such secret', async () => {
  expect(await deploy('arn:aws:secretsmanager:eu-central-1:111122223333:secret:gone')).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('ResourceNotFoundException') as string,
  });
});
