import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const warehouseEncrypted: ResourceRule = {
  name: 'warehouse-encrypted',
  severity: 'high',
  statement: 'A warehouse is encrypted at rest.',
  fix: 'Set Encrypted to true.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: (resource) => {
    const value = resource.at('Encrypted');
    return unless(value.isTrue, 'it is not encrypted', value);
  },
};
