import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseIamLogin: ResourceRule = {
  name: 'database-iam-login',
  severity: 'low',
  statement: 'Programs can log in to the database without a password.',
  fix: 'Set enableIAMDatabaseAuthentication.',
  appliesTo: DATABASES,
  judge: (database) => {
    const login = database.at('EnableIAMDatabaseAuthentication');
    return isDatabase(database) ? unless(login.isTrue, 'logins by IAM are off', login) : notApplicable();
  },
};
