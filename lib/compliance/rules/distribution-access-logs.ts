import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const distributionAccessLogs: ResourceRule = {
  name: 'distribution-access-logs',
  severity: 'medium',
  statement: 'Every request that CloudFront answers is written down.',
  fix: 'Deliver ACCESS_LOGS of the distribution to a bucket or log group, or set its logging.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution, graph) =>
    unless(
      distribution.at('DistributionConfig', 'Logging', 'Bucket').isPresent ||
        graph.referrers(distribution, 'AWS::Logs::DeliverySource', 'ResourceArn').length > 0,
      'it has no access logs',
    ),
};
