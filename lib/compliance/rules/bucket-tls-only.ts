import { statementsOf } from '../policy/statement';
import { refusesWithoutTls } from '../policy/tls-only';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const bucketTlsOnly: ResourceRule = {
  name: 'bucket-tls-only',
  severity: 'high',
  statement: 'A bucket refuses every request that does not come over TLS.',
  fix: 'Set enforceSSL, or deny s3:* to everybody where aws:SecureTransport is false, on the bucket and its objects.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket, graph) => {
    const policies = graph.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket');
    const statements = policies.flatMap((policy) => statementsOf(policy, 'PolicyDocument'));
    const refused = some(
      statements,
      (statement) =>
        refusesWithoutTls(statement, 's3:GetObject', 's3:PutObject', 's3:ListBucket') &&
        some(statement.resources, (resource) => resource.endsWith('*')) &&
        some(statement.resources, (resource) => resource === '*' || !resource.endsWith('/*')),
    );
    return unless(refused, policies.length === 0 ? 'it has no policy' : 'no statement of its policy denies that');
  },
};
