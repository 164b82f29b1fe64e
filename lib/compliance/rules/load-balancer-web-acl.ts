import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

export const loadBalancerWebAcl: ResourceRule = {
  name: 'load-balancer-web-acl',
  severity: 'medium',
  statement: 'A firewall for the web stands before a load balancer that the internet reaches.',
  fix: 'Associate a regional web ACL.',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge: (balancer, graph) => {
    const type = balancer.at('Type');
    if ((type.isPresent && !type.is('application')) || balancer.at('Scheme').is('internal')) {
      return notApplicable();
    }
    return unless(
      graph.referrers(balancer, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn').length > 0,
      'no web ACL is associated',
    );
  },
};
