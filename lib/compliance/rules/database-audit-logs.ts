import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseAuditLogs: ResourceRule = {
  name: 'database-audit-logs',
  severity: 'medium',
  statement: 'What the database notes about logins and statements is kept elsewhere.',
  fix: 'Export its logs to CloudWatch.',
  appliesTo: DATABASES,
  judge: (database) => {
    const logs = database.at('EnableCloudwatchLogsExports');
    return isDatabase(database) ? unless(logs.items.length > 0, 'it exports no logs', logs) : notApplicable();
  },
};
