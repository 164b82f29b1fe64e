import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const warehouseRoutesThroughVpc: ResourceRule = {
  name: 'warehouse-routes-through-vpc',
  severity: 'medium',
  statement: 'What a warehouse loads and unloads goes through the VPC.',
  fix: 'Set EnhancedVpcRouting to true.',
  appliesTo: ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup'],
  judge: property(['EnhancedVpcRouting'], isTrue, 'its loads and unloads go around the VPC'),
};
