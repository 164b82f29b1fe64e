import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { DataClass, DataKey } from '../../lib';
import { ServiceRole } from '../../lib/core/service-role';
import { readableSecret } from '../../lib/data/readable-secret';
import { concrete, type Statement } from '../support/policy-evaluator';

/** A secret in one stack, its key in another, who reads it in a third. */
function readerOf(keyOf: (stack: Stack) => IKey): { statements: Statement[]; keys: Template } {
  const app = new App();
  const [keys, data, shop] = ['Keys', 'Data', 'Shop'].map((id) => new Stack(app, id)) as [Stack, Stack, Stack];
  const key = keyOf(keys);
  const made = new Secret(data, 'Secret', { encryptionKey: key });
  const reader = new ServiceRole(shop, 'Reader', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  readableSecret(data, 'Readable', made.secretArn, key).grantRead(reader);
  const [policy] = Object.values(Template.fromStack(shop).findResources('AWS::IAM::ManagedPolicy')) as {
    Properties: { PolicyDocument: { Statement: unknown } };
  }[];
  return { statements: concrete(policy?.Properties.PolicyDocument.Statement), keys: Template.fromStack(keys) };
}

test.each([
  ['of this library', (stack: Stack) => new DataKey(stack, 'Key', { dataClass: DataClass.SECRETS })],
  ['made elsewhere', (stack: Stack) => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1')],
])('whoever may read it may decrypt it, by a policy of their own, with a key %s', (_, keyOf) => {
  const { statements } = readerOf(keyOf);
  expect(statements).toEqual([
    expect.objectContaining({ Effect: 'Allow', Action: 'kms:Decrypt' }),
    expect.objectContaining({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    }),
  ]);
});

test('its key knows nothing of who reads it, so that the stacks stay in order', () => {
  const { keys } = readerOf((stack) => new DataKey(stack, 'Key', { dataClass: DataClass.SECRETS }));
  expect(JSON.stringify(keys.toJSON())).not.toContain('Shop:');
});
