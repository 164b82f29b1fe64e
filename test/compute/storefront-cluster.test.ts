import { Match } from 'aws-cdk-lib/assertions';
import { StorefrontCluster } from '../../lib';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';

const template = templateOf(
  (stack) => void new StorefrontCluster(stack, 'Cluster', { network: existingNetwork(stack) }),
);

test('encrypts what tasks write with its own key, and measures every container', () => {
  template.hasResourceProperties('AWS::ECS::Cluster', {
    ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }],
    Configuration: {
      ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: { Ref: 'ClusterKeyKey' } },
      ExecuteCommandConfiguration: Match.absent(),
    },
  });
});

test('lets Fargate use the key for tasks of this account alone', () => {
  const ofThisAccount = { 'kms:EncryptionContext:aws:ecs:clusterAccount': { Ref: 'AWS::AccountId' } };
  const fargate = (Action: string, Condition: object): object =>
    Match.objectLike({ Effect: 'Allow', Principal: { Service: 'fargate.amazonaws.com' }, Action, Condition });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        fargate('kms:GenerateDataKeyWithoutPlaintext', { StringEquals: ofThisAccount }),
        fargate('kms:CreateGrant', {
          StringEquals: ofThisAccount,
          'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' },
        }),
      ]),
    },
  });
});
