import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const warehouseRoutesThroughVpc: ResourceRule = {
  name: 'warehouse-routes-through-vpc',
  severity: 'medium',
  statement: 'What a warehouse loads and unloads goes through the VPC.',
  fix: 'Set EnhancedVpcRouting to true.',
  appliesTo: ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup'],
  judge: (resource) => {
    const value = resource.at('EnhancedVpcRouting');
    return unless(value.isTrue, 'its loads and unloads go around the VPC', value);
  },
};
