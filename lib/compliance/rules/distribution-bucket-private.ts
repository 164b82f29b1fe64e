import { type ResourceRule } from '../rule';
import { about, compliant, unless } from '../verdict';

export const distributionBucketPrivate: ResourceRule = {
  name: 'distribution-bucket-private',
  severity: 'high',
  statement: 'Files behind CloudFront are read through CloudFront alone.',
  fix: 'Use an origin access control for the bucket.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution) =>
    about(distribution.at('DistributionConfig', 'Origins').items, (origin) => {
      const target = origin.at('DomainName').reference?.resource;
      const control = origin.at('OriginAccessControlId');
      const old = origin.at('S3OriginConfig', 'OriginAccessIdentity');
      return target?.type !== 'AWS::S3::Bucket'
        ? compliant()
        : unless(
            control.isPresent || (old.isPresent && old.text !== ''),
            'a bucket has to be public for this origin',
            control,
          );
    }),
};
