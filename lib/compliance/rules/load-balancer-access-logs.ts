import { type ResourceRule } from '../rule';
import { unless } from '../verdict';
import { balancerAttribute } from './support/balancer-attribute';

export const loadBalancerAccessLogs: ResourceRule = {
  name: 'load-balancer-access-logs',
  severity: 'medium',
  statement: 'Every request that a load balancer answers is written down.',
  fix: 'Set access_logs.s3.enabled and a bucket.',
  appliesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  judge: (balancer) => {
    const value = balancerAttribute(balancer, 'access_logs.s3.enabled');
    return unless(value?.isTrue ?? false, 'it has no access logs', value ?? balancer.at('LoadBalancerAttributes'));
  },
};
