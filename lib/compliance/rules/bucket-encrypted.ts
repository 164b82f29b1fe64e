import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { notApplicable, unless } from '../verdict';
import { holdsAccessLogs } from './support/access-logs';

export const bucketEncrypted: ResourceRule = {
  name: 'bucket-encrypted',
  severity: 'medium',
  statement: 'Files are encrypted with a key of your own.',
  fix: 'Encrypt the bucket with a customer-managed key.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket, graph) => {
    if (holdsAccessLogs(bucket, graph)) {
      // What writes access logs cannot use a key of KMS.
      return notApplicable();
    }
    const rules = bucket.at('BucketEncryption', 'ServerSideEncryptionConfiguration');
    return unless(
      some(rules.items, (rule) => {
        const settings = rule.at('ServerSideEncryptionByDefault');
        return (
          settings.at('SSEAlgorithm').isOneOf('aws:kms', 'aws:kms:dsse') && settings.at('KMSMasterKeyID').isPresent
        );
      }),
      'it is encrypted with keys of S3',
      rules,
    );
  },
};
