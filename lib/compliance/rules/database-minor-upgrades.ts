import { type ResourceRule } from '../rule';
import { isNotFalse, property } from './support/property';

export const databaseMinorUpgrades: ResourceRule = {
  name: 'database-minor-upgrades',
  severity: 'medium',
  statement: 'The database gets its security updates.',
  fix: 'Set autoMinorVersionUpgrade.',
  appliesTo: ['AWS::RDS::DBInstance'],
  // RDS upgrades unless somebody says no.
  judge: property(['AutoMinorVersionUpgrade'], isNotFalse, 'minor upgrades are off'),
};
