import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';
import { DATABASES, isDatabase } from './support/database';

export const databaseExtendedSupport: ResourceRule = {
  name: 'database-extended-support',
  severity: 'medium',
  statement: 'A database whose version has ended is renewed, not paid for and forgotten.',
  fix: 'Set engineLifecycleSupport to open-source-rds-extended-support-disabled.',
  appliesTo: DATABASES,
  judge: (database) => {
    const support = database.at('EngineLifecycleSupport');
    if (!isDatabase(database) || !/mysql|postgres/.test(database.at('Engine').text ?? '')) {
      return notApplicable();
    }
    return unless(support.is('open-source-rds-extended-support-disabled'), 'extended support is on', support);
  },
};
