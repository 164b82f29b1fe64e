import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { holdsAccessLogs } from './support/access-logs';

export const bucketAccessLogs: ResourceRule = {
  name: 'bucket-access-logs',
  severity: 'low',
  statement: 'Who read or changed a file is written down.',
  fix: 'Log the access to the bucket in another one.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket, graph) => {
    const target = bucket.at('LoggingConfiguration', 'DestinationBucketName');
    // The bucket that holds the logs would write about its own writing, for ever.
    return !target.isPresent && holdsAccessLogs(bucket, graph)
      ? notApplicable()
      : unless(target.isPresent, 'nobody writes down who uses it', target);
  },
};
