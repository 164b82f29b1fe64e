import { type ResourceRule } from '../rule';
import { compliant, notApplicable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseMasterPassword: ResourceRule = {
  name: 'database-master-password',
  severity: 'high',
  statement: 'Nobody chose or read the password of the database.',
  fix: 'Set manageMasterUserPassword, or take the password from a secret.',
  appliesTo: DATABASES,
  judge: (database) => {
    const password = database.at('MasterUserPassword');
    if (!isDatabase(database)) {
      return notApplicable();
    }
    return !password.isPresent
      ? compliant()
      : unless(
          password.dynamicReferences.length > 0,
          'its password stands in the template or in a parameter',
          password,
        );
  },
};
