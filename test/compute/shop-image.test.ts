import { Token, type Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { PullThroughCache, ShopImage, StorefrontJob } from '../../lib';
import { DIGEST, secretOf } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

const runs = (imageOf: (stack: Stack) => ShopImage): Template =>
  templateOf((stack) => {
    new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image: imageOf(stack), writablePaths: [] });
  });

const container = (properties: object): object => ({
  ContainerDefinitions: [Match.objectLike(properties)],
});

test('takes an image of any registry by its digest', () => {
  const template = runs(() => ShopImage.byDigest(`ghcr.io/acme/shop@${DIGEST}`));
  template.hasResourceProperties('AWS::ECS::TaskDefinition', container({ Image: `ghcr.io/acme/shop@${DIGEST}` }));
});

test.each(['ghcr.io/acme/shop:latest', 'ghcr.io/acme/shop', `@${DIGEST}`, 'shop@sha256:abc', `shop:1 @${DIGEST}`])(
  'refuses %s, which is no digest',
  (uri) => {
    expect(() => ShopImage.byDigest(uri)).toThrow(
      refusal(
        ['ImageNotPinned'],
        `uri is ${JSON.stringify(uri)}; it must end in @sha256: and the 64 hexadecimal digits of the digest.`,
      ),
    );
  },
);

test('does not judge an image that is known at deployment only', () => {
  expect(() => ShopImage.byDigest(Token.asString({ Ref: 'Image' }))).not.toThrow();
});

test('logs in to a private registry with a secret that the execution role alone may read', () => {
  const template = runs((stack) => {
    return ShopImage.byDigest(`registry.acme.example/shop@${DIGEST}`, { credentials: secretOf(stack, 'Registry') });
  });
  const credentials = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Registry-AbCdEf';
  const expected = container({ RepositoryCredentials: { CredentialsParameter: credentials } });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', expected);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: credentials })]) },
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
  });
});

test('pulls from a repository in ECR, and from no other', () => {
  const template = runs((stack) => ShopImage.fromRepository(new Repository(stack, 'Images'), DIGEST));
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Images'), 'Arn'] },
        },
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
  });
});

test('a digest whose digits are known later stays a digest', () => {
  const digest = `sha256:${Token.asString({ Ref: 'Digits' })}`;
  const template = runs((stack) => ShopImage.fromRepository(new Repository(stack, 'Images'), digest));
  const images = JSON.stringify(template.findResources('AWS::ECS::TaskDefinition'));
  expect(images).toContain('"@sha256:",{"Ref":"Digits"}');
});

test('refuses a token for the whole of a digest: CDK would make a tag of it', () => {
  const digest = Token.asString({ Ref: 'Digest' });
  const pull = (): unknown => runs((stack) => ShopImage.fromRepository(new Repository(stack, 'Images'), digest));
  expect(pull).toThrow(/of which a token may stand for the digits.*\[DigestMalformed\]/s);
});

test.each(['latest', 'sha256:abc', DIGEST.toUpperCase()])('refuses %s as a digest', (digest) => {
  const pull = (): unknown => runs((stack) => ShopImage.fromRepository(new Repository(stack, 'Images'), digest));
  expect(pull).toThrow(
    refusal(['DigestMalformed'], `digest is "${digest}"; it must be sha256: followed by 64 hexadecimal digits`),
  );
});

test('pulls through a cache: the repository of that image alone, which may have to be made', () => {
  const template = runs((stack) => ShopImage.pulledThrough(new PullThroughCache(stack, 'Cache'), 'acme/shop', DIGEST));
  const registry = ['.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }];
  const path = `/foreign-2cad3601/acme/shop@${DIGEST}`;
  template.hasResourceProperties(
    'AWS::ECS::TaskDefinition',
    container({ Image: { 'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, ...registry, path]] } }),
  );
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Action: [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:BatchImportUpstreamImage',
            'ecr:CreateRepository',
            'ecr:GetDownloadUrlForLayer',
          ],
          Resource: {
            'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('^:repository/foreign-2cad3601/acme/shop$')])],
          },
        },
        { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
  });
});

test('waits for the cache through which it is pulled', () => {
  const template = runs((stack) => ShopImage.pulledThrough(new PullThroughCache(stack, 'Cache'), 'acme/shop', DIGEST));
  template.hasResource('AWS::ECS::TaskDefinition', {
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^CacheRole'),
      Match.stringLikeRegexp('^CacheRule'),
      Match.stringLikeRegexp('^CacheTemplate'),
    ]),
  });
});

test('names the containers it adds by the digest too', () => {
  const template = templateOf((stack) => {
    const image = ShopImage.byDigest(`ghcr.io/acme/shop@${DIGEST}`);
    new StorefrontJob(stack, 'Job', { network: existingNetwork(stack), image });
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({ Image: Match.stringLikeRegexp('^public.ecr.aws/docker/library/nginx@sha256:[0-9a-f]{64}$') }),
    ]),
  });
});
