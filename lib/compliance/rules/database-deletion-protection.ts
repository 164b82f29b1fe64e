import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseDeletionProtection: ResourceRule = {
  name: 'database-deletion-protection',
  severity: 'high',
  statement: 'The database cannot be deleted by one call.',
  fix: 'Set deletionProtection.',
  appliesTo: DATABASES,
  judge: (database) => {
    const protection = database.at('DeletionProtection');
    return isDatabase(database)
      ? unless(protection.isTrue, 'its deletion protection is off', protection)
      : notApplicable();
  },
};
