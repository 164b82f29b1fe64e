import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const warehouseNotPublic: ResourceRule = {
  name: 'warehouse-not-public',
  severity: 'critical',
  statement: 'A warehouse has no public address.',
  fix: 'Set PubliclyAccessible to false.',
  appliesTo: ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup'],
  judge: (warehouse) => {
    const value = warehouse.at('PubliclyAccessible');
    return unless(!value.isTrue, 'it has a public address', value);
  },
};
