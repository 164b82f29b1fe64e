import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const warehouseAuditLogging: ResourceRule = {
  name: 'warehouse-audit-logging',
  severity: 'medium',
  statement: 'A warehouse writes down who connected and what they asked.',
  fix: 'Set LoggingProperties.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: property(['LoggingProperties'], isPresent, 'it writes nothing down'),
};
