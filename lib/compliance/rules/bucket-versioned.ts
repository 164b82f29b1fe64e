import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const bucketVersioned: ResourceRule = {
  name: 'bucket-versioned',
  severity: 'medium',
  statement: 'What is overwritten or deleted in a bucket can be had back.',
  fix: 'Turn versioning on.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket) => {
    const status = bucket.at('VersioningConfiguration', 'Status');
    return unless(status.is('Enabled'), 'it keeps no old versions', status);
  },
};
