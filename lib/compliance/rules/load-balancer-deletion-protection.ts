import { type ResourceRule } from '../rule';
import { unless } from '../verdict';
import { balancerAttribute } from './support/balancer-attribute';

export const loadBalancerDeletionProtection: ResourceRule = {
  name: 'load-balancer-deletion-protection',
  severity: 'medium',
  statement: 'The load balancer cannot be deleted by one call.',
  fix: 'Set deletion_protection.enabled.',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge: (balancer) => {
    const value = balancerAttribute(balancer, 'deletion_protection.enabled');
    return unless(
      value?.isTrue ?? false,
      'its deletion protection is off',
      value ?? balancer.at('LoadBalancerAttributes'),
    );
  },
};
