import { Match } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, PullThroughCache, UpstreamRegistry } from '../../lib';
import { secretOf } from '../cases/compute';
import { templateOf } from '../support/stack';

const PREFIX = 'foreign-2cad3601';

test('makes the repositories of pulled-through images encrypted and immutable, and lets them grow to 200 images', () => {
  const template = templateOf((stack) => {
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    new PullThroughCache(stack, 'Cache', { key });
  });
  template.hasResourceProperties('AWS::ECR::RepositoryCreationTemplate', {
    Prefix: PREFIX,
    AppliedFor: ['PULL_THROUGH_CACHE'],
    ImageTagMutability: 'IMMUTABLE',
    EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: { 'Fn::GetAtt': ['KeyKey', 'Arn'] } },
    LifecyclePolicy: Match.serializedJson({
      rules: [Match.objectLike({ selection: Match.objectLike({ countNumber: 200 }) })],
    }),
  });
});

test('pulls through Amazon’s public registry unless told otherwise', () => {
  templateOf((stack) => void new PullThroughCache(stack, 'Cache')).hasResourceProperties(
    'AWS::ECR::PullThroughCacheRule',
    { EcrRepositoryPrefix: PREFIX, UpstreamRegistryUrl: 'public.ecr.aws', CredentialArn: Match.absent() },
  );
});

test('logs in where the registry demands it', () => {
  const template = templateOf((stack) => {
    const upstream = UpstreamRegistry.dockerHub(secretOf(stack, 'ecr-pullthroughcache/hub'));
    new PullThroughCache(stack, 'Cache', { upstream });
  });
  template.hasResourceProperties('AWS::ECR::PullThroughCacheRule', {
    UpstreamRegistryUrl: 'registry-1.docker.io',
    CredentialArn: Match.stringLikeRegexp('ecr-pullthroughcache/hub'),
  });
});

test('lets ECR create repositories under its own prefix alone, with its own key', () => {
  const template = templateOf((stack) => void new PullThroughCache(stack, 'Cache'));
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'ecr:CreateRepository',
          Resource: { 'Fn::Join': ['', Match.arrayWith([`:repository/${PREFIX}/*`])] },
        },
        {
          Effect: 'Allow',
          Action: ['kms:CreateGrant', 'kms:DescribeKey'],
          Resource: { 'Fn::GetAtt': ['CacheKeyKey', 'Arn'] },
        },
      ],
    },
    Roles: [{ Ref: Match.stringLikeRegexp('^CacheRole') }],
  });
});
