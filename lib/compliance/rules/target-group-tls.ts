import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

export const targetGroupTls: ResourceRule = {
  name: 'target-group-tls',
  severity: 'medium',
  statement: 'Traffic between load balancer and shop is encrypted.',
  fix: 'Set the protocol of the target group to HTTPS or TLS.',
  appliesTo: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  judge: (group) => {
    const protocol = group.at('Protocol');
    return group.at('TargetType').is('lambda')
      ? notApplicable()
      : unless(protocol.isOneOf('HTTPS', 'TLS'), `it is ${protocol.describe()}`, protocol);
  },
};
