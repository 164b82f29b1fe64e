import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const databaseMinorUpgrades: ResourceRule = {
  name: 'database-minor-upgrades',
  severity: 'medium',
  statement: 'The database gets its security updates.',
  fix: 'Set autoMinorVersionUpgrade.',
  appliesTo: ['AWS::RDS::DBInstance'],
  judge: (instance) => {
    const upgrades = instance.at('AutoMinorVersionUpgrade');
    // RDS upgrades unless somebody says no.
    return unless(!upgrades.isPresent || upgrades.isTrue, 'minor upgrades are off', upgrades);
  },
};
