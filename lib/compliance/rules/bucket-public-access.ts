import { type ResourceRule } from '../rule';
import { about, compliant, unless } from '../verdict';

export const bucketPublicAccess: ResourceRule = {
  name: 'bucket-public-access',
  severity: 'critical',
  statement: 'No bucket can be made public.',
  fix: 'Block all public access.',
  appliesTo: ['AWS::S3::Bucket'],
  judge: (bucket) => {
    const block = bucket.at('PublicAccessBlockConfiguration');
    // Since April 2023, S3 blocks all of it where nobody says anything; where somebody does, what is left out is off.
    return !block.isPresent
      ? compliant()
      : about(['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'], (key) =>
          unless(block.at(key).isTrue, `${key} is off`, block.at(key)),
        );
  },
};
