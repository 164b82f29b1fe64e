import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const distributionWebAcl: ResourceRule = {
  name: 'distribution-web-acl',
  severity: 'high',
  statement: 'A firewall for the web stands before the site.',
  fix: 'Give the distribution the ARN of a web ACL in us-east-1.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution) => {
    const acl = distribution.at('DistributionConfig', 'WebACLId');
    return unless(acl.isPresent && acl.text !== '', 'it has no web ACL', acl);
  },
};
