import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { letDistributionsUse } from './key-use';

/**
 * Lets the distributions of this account read the objects of `bucket`, and use its key, through an origin access
 * control: a pattern, so that the bucket refers to no distribution that is made later. Safe to say twice.
 *
 * A bucket that was imported keeps its policy as it is, and its owner adds the statement; the answer is false then.
 */
export function letDistributionsRead(bucket: IBucket): boolean {
  if (bucket.encryptionKey !== undefined) {
    letDistributionsUse(bucket.encryptionKey);
  }
  const { account } = Stack.of(bucket);
  const { statementAdded } = bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${account}:distribution/*` } },
    }),
  );
  return statementAdded;
}
