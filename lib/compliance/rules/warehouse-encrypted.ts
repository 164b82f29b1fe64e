import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const warehouseEncrypted: ResourceRule = {
  name: 'warehouse-encrypted',
  severity: 'high',
  statement: 'A warehouse is encrypted at rest.',
  fix: 'Set Encrypted to true.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: property(['Encrypted'], isTrue, 'it is not encrypted'),
};
