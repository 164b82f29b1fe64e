import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';
import { behaviorsOf } from './support/behaviors';

export const distributionHttpsOnly: ResourceRule = {
  name: 'distribution-https-only',
  severity: 'high',
  statement: 'No page is served over plain HTTP.',
  fix: 'Set viewerProtocolPolicy to redirect-to-https or https-only on every behaviour.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution) =>
    about(behaviorsOf(distribution), (behavior) => {
      const policy = behavior.at('ViewerProtocolPolicy');
      return unless(policy.isOneOf('redirect-to-https', 'https-only'), `a behaviour has ${policy.describe()}`, policy);
    }),
};
