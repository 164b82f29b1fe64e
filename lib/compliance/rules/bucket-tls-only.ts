import { heldToTls, refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';

export const bucketTlsOnly: ResourceRule = {
  name: 'bucket-tls-only',
  severity: 'high',
  statement: 'A bucket refuses every request that does not come over TLS.',
  fix: 'Set enforceSSL, or deny s3:* to everybody where aws:SecureTransport is false, on the bucket and its objects.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket, graph) =>
    heldToTls(
      graph.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket'),
      (statement) =>
        refusesWithoutTls(statement, 's3:GetObject', 's3:PutObject', 's3:ListBucket') &&
        some(statement.resources, (resource) => resource.endsWith('*')) &&
        some(statement.resources, (resource) => resource === '*' || !resource.endsWith('/*')),
    ),
};
