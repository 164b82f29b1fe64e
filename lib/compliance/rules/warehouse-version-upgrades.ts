import { type ResourceRule } from '../rule';
import { isNotFalse, property } from './support/property';

export const warehouseVersionUpgrades: ResourceRule = {
  name: 'warehouse-version-upgrades',
  severity: 'medium',
  statement: 'A warehouse takes upgrades of its version by itself.',
  fix: 'Leave AllowVersionUpgrade true.',
  appliesTo: ['AWS::Redshift::Cluster'],
  judge: property(['AllowVersionUpgrade'], isNotFalse, 'its upgrades are switched off'),
};
