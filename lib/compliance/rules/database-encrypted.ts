import { type ResourceRule } from '../rule';
import { notApplicable, together, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseEncrypted: ResourceRule = {
  name: 'database-encrypted',
  severity: 'high',
  statement: 'The database and its backups are encrypted with a key of your own.',
  fix: 'Set storageEncrypted and a customer-managed key.',
  appliesTo: DATABASES,
  judge: (database) => {
    const encrypted = database.at('StorageEncrypted');
    const key = database.at('KmsKeyId');
    return !isDatabase(database)
      ? notApplicable()
      : together(
          () => unless(encrypted.isTrue, 'it is not encrypted', encrypted),
          () => unless(key.isPresent, 'it is encrypted with the key of AWS, whose use nobody can end', key),
        );
  },
};
