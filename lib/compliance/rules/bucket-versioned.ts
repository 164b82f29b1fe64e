import { type ResourceRule } from '../rule';
import { isOneOf, property } from './support/property';

export const bucketVersioned: ResourceRule = {
  name: 'bucket-versioned',
  severity: 'medium',
  statement: 'What is overwritten or deleted in a bucket can be had back.',
  fix: 'Turn versioning on.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: property(['VersioningConfiguration', 'Status'], isOneOf('Enabled'), 'it keeps no old versions'),
};
