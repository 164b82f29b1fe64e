import { BlockPublicAccess, ObjectOwnership, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { disposalOf } from './disposal';
import { removalPolicyOf } from './stateful';

/**
 * What holds for every bucket of this library: never public, TLS 1.2 or later, no access control lists, versions. Where
 * `scope` stands in a disposable stack, CDK's own custom resource empties the bucket before it goes.
 */
export function protectedBucket(scope: Construct): BucketProps {
  return {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: removalPolicyOf(scope),
    autoDeleteObjects: disposalOf(scope) !== undefined,
  };
}
