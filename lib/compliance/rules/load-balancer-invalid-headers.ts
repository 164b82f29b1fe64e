import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { balancerAttribute } from './support/balancer-attribute';

export const loadBalancerInvalidHeaders: ResourceRule = {
  name: 'load-balancer-invalid-headers',
  severity: 'medium',
  statement: 'A load balancer drops headers that could smuggle a request.',
  fix: 'Set routing.http.drop_invalid_header_fields.enabled.',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge: (balancer) => {
    if (balancer.at('Type').isOneOf('network', 'gateway')) {
      return notApplicable();
    }
    const value = balancerAttribute(balancer, 'routing.http.drop_invalid_header_fields.enabled');
    return unless(
      value?.isTrue ?? false,
      'it passes invalid headers on',
      value ?? balancer.at('LoadBalancerAttributes'),
    );
  },
};
