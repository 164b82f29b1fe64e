import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const warehouseAuditLogging: ResourceRule = {
  name: 'warehouse-audit-logging',
  severity: 'medium',
  statement: 'A warehouse writes down who connected and what they asked.',
  fix: 'Set LoggingProperties.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: (resource) => {
    const value = resource.at('LoggingProperties');
    return unless(value.isPresent, 'it writes nothing down', value);
  },
};
