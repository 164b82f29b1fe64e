import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const databaseNotPublic: ResourceRule = {
  name: 'database-not-public',
  severity: 'critical',
  statement: 'The database has no address on the internet.',
  fix: 'Set publiclyAccessible to false.',
  appliesTo: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  judge: (database) => {
    const isPublic = database.at('PubliclyAccessible');
    return unless(!isPublic.isTrue, 'it can be reached from the internet', isPublic);
  },
};
