import { type ResourceRule } from '../rule';
import { notApplicable, objection, undecidable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseTls: ResourceRule = {
  name: 'database-tls',
  severity: 'high',
  statement: 'The database refuses connections without TLS.',
  fix: 'Set rds.force_ssl (PostgreSQL, SQL Server) to 1 or require_secure_transport (MySQL, MariaDB) to ON in its parameters.',
  appliesTo: DATABASES,
  judge: (database) => {
    if (!isDatabase(database)) {
      return notApplicable();
    }
    const cluster = database.type.endsWith('Cluster');
    const group = database.at(cluster ? 'DBClusterParameterGroupName' : 'DBParameterGroupName');
    const resource = group.reference?.resource;
    if (resource === undefined) {
      return group.isPresent && !/^default\./.test(group.text ?? '')
        ? undecidable('its parameter group is not in the templates', group)
        : objection('it has the default parameters', group);
    }
    const parameter = database.at('Engine').text?.match(/mysql|maria/) ? 'require_secure_transport' : 'rds.force_ssl';
    const value = resource.at('Parameters', parameter);
    return unless(
      value.isOneOf('1', 'ON', 'on', true),
      `${parameter} of ${resource.name} is ${value.describe()}`,
      group,
    );
  },
};
