import { Stack, type CfnResource } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, type Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * Has S3 log every request to `bucket` into `destination`, under the bucket's place in its stack. CDK's own property
 * falls back to access control lists in an app without feature flags, which the destination refuses.
 */
export function logAccess(bucket: Bucket, destination: IBucket): void {
  const scopes = bucket.node.scopes;
  const place = scopes.slice(scopes.indexOf(Stack.of(bucket))).map((scope) => scope.node.id);
  const logFilePrefix = `${place.join('/')}/`;
  cfnBucketOf(bucket).loggingConfiguration = { destinationBucketName: destination.bucketName, logFilePrefix };
  destination.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [destination.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(destination).account } },
    }),
  );
}

/** Whether another bucket of the same stack logs into `bucket`. */
export function isLogDestination(bucket: Bucket): boolean {
  const stack = Stack.of(bucket);
  const own = JSON.stringify(stack.resolve(bucket.bucketName));
  return stack.node
    .findAll()
    .filter((child) => (child as CfnResource).cfnResourceType === CfnBucket.CFN_RESOURCE_TYPE_NAME)
    .map((child) => stack.resolve((child as CfnBucket).loggingConfiguration) as { destinationBucketName?: unknown })
    .some((logging) => JSON.stringify(logging?.destinationBucketName) === own);
}

/** Services that write access logs. */
const WRITERS = /logging\.s3\.amazonaws\.com|logdelivery\.elasticloadbalancing\.amazonaws\.com/;

/** Whether the policy of `bucket` lets S3 or load balancers write access logs into it. */
export function letsAccessLogsIn(bucket: Bucket): boolean {
  return WRITERS.test(JSON.stringify(Stack.of(bucket).resolve(bucket.policy?.document) ?? ''));
}

function cfnBucketOf(bucket: Bucket): CfnBucket {
  return bucket.node.defaultChild as CfnBucket;
}
