import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const bucketAccessLogs: ResourceRule = {
  name: 'bucket-access-logs',
  severity: 'low',
  statement: 'Who read or changed a file is written down.',
  fix: 'Log the access to the bucket in another one.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket) => {
    const target = bucket.at('LoggingConfiguration', 'DestinationBucketName');
    return unless(target.isPresent, 'nobody writes down who uses it', target);
  },
};
