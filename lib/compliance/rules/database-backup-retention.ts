import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

/** The most that RDS keeps, in days. */
const LONGEST = 35;

export const databaseBackupRetention: ResourceRule = {
  name: 'database-backup-retention',
  severity: 'high',
  statement: 'The database can be taken back to any minute of the last 35 days.',
  fix: 'Set the backup retention period to 35 days.',
  appliesTo: DATABASES,
  judge: (database) => {
    const days = database.at('BackupRetentionPeriod');
    return isDatabase(database)
      ? unless((days.number ?? 1) >= LONGEST, `it can be taken back ${days.number ?? 1} days`, days)
      : notApplicable();
  },
};
