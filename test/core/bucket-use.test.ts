import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { letDistributionsRead } from '../../lib/core/bucket-use';

const distributions = {
  ArnLike: {
    'aws:SourceArn': {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/*'],
      ],
    },
  },
};

function withKey(): { stack: Stack; bucket: Bucket } {
  const stack = new Stack(new App(), 'Data');
  return { stack, bucket: new Bucket(stack, 'Media', { encryptionKey: new Key(stack, 'Key') }) };
}

test('a distribution of this account may read objects, and nothing else', () => {
  const { stack, bucket } = withKey();
  expect(letDistributionsRead(bucket)).toBe(true);
  Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: stack.resolve(bucket.arnForObjects('*')) as object,
          Condition: distributions,
        },
      ],
    },
    Bucket: stack.resolve(bucket.bucketName) as object,
  });
});

test('a distribution of this account may decrypt with the key of the bucket', () => {
  const { stack, bucket } = withKey();
  letDistributionsRead(bucket);
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 'kms:Decrypt',
          Condition: distributions,
        }),
      ]),
    },
  });
});

test('saying it twice adds nothing', () => {
  const once = withKey();
  letDistributionsRead(once.bucket);
  const twice = withKey();
  letDistributionsRead(twice.bucket);
  letDistributionsRead(twice.bucket);
  expect(Template.fromStack(twice.stack).toJSON()).toEqual(Template.fromStack(once.stack).toJSON());
});

test('says that the policy of an imported bucket stays as it is', () => {
  const stack = new Stack(new App(), 'Data');
  expect(letDistributionsRead(Bucket.fromBucketName(stack, 'Media', 'acme-media'))).toBe(false);
});
