import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { DataClass, DataKey, StorefrontDistribution } from '../../lib';
import { existingShop } from '../support/storefront';

/** Data in a stack of its own, deployed before the shop. */
function deployed(bucketIn: (data: Stack, shop: Stack) => IBucket): { data: Template; shop: Template; stack: Stack } {
  const app = new App();
  const env = { account: '111122223333', region: 'eu-west-1' };
  const data = new Stack(app, 'Data', { env });
  const stack = new Stack(app, 'Shop', { env });
  const media = { bucket: bucketIn(data, stack) };
  new StorefrontDistribution(stack, 'Distribution', { ...existingShop(stack), media });
  return { data: Template.fromStack(data), shop: Template.fromStack(stack), stack };
}

const own = (): ReturnType<typeof deployed> =>
  deployed((data) => {
    const encryptionKey = new DataKey(data, 'Key', { dataClass: DataClass.CUSTOMER_DATA });
    return new Bucket(data, 'Media', { encryptionKey });
  });

test('are fetched by signing every request, read only, and kept for a day when they say nothing', () => {
  const { shop } = own();
  shop.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
    OriginAccessControlConfig: {
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    },
  });
  const [control = ''] = Object.keys(shop.findResources('AWS::CloudFront::OriginAccessControl'));
  const [CachePolicy = ''] = Object.keys(shop.findResources('AWS::CloudFront::CachePolicy'));
  shop.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Origins: Match.arrayWith([Match.objectLike({ OriginAccessControlId: { 'Fn::GetAtt': [control, 'Id'] } })]),
      CacheBehaviors: [
        Match.objectLike({
          PathPattern: '/media/*',
          AllowedMethods: ['GET', 'HEAD'],
          CachePolicyId: { Ref: CachePolicy },
        }),
      ],
    },
  });
  shop.hasResourceProperties('AWS::CloudFront::CachePolicy', {
    CachePolicyConfig: {
      DefaultTTL: 86_400,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    },
  });
});

test('let the distribution in where they are kept, without a reference from there to the shop', () => {
  const { data } = own();
  const SourceArn = {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::111122223333:distribution/*']],
  };
  const letIn = (Action: string): object =>
    Match.objectLike({
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action,
      Condition: { ArnLike: { 'aws:SourceArn': SourceArn } },
    });
  data.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([letIn('s3:GetObject')]) },
  });
  data.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: Match.arrayWith([letIn('kms:Decrypt')]) } });
  expect(JSON.stringify(data.toJSON())).not.toMatch(/ImportValue|GetStackOutput/);
});

test('in an imported bucket are served too, with a warning that its owner has to let the distribution in', () => {
  const { shop, stack } = deployed((_, scope) => Bucket.fromBucketName(scope, 'Media', 'acme-media'));
  shop.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  const warnings = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning'));
  expect(warnings.map(({ data }) => String(data))).toEqual([
    expect.stringContaining('cloudfront.amazonaws.com may s3:GetObject') as string,
  ]);
});
