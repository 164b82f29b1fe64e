import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const warehouseVersionUpgrades: ResourceRule = {
  name: 'warehouse-version-upgrades',
  severity: 'medium',
  statement: 'A warehouse takes upgrades of its version by itself.',
  fix: 'Leave AllowVersionUpgrade true.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: (resource) => {
    const value = resource.at('AllowVersionUpgrade');
    return unless(value.is(false) === false, 'its upgrades are switched off', value);
  },
};
