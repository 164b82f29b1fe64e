import { type ResourceRule } from '../rule';
import { isNotFalse, property } from './support/property';

export const cacheMinorUpgrades: ResourceRule = {
  name: 'cache-minor-upgrades',
  severity: 'medium',
  statement: 'A cache takes minor upgrades by itself.',
  fix: 'Leave AutoMinorVersionUpgrade true.',
  appliesTo: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  judge: property(['AutoMinorVersionUpgrade'], isNotFalse, 'its upgrades are switched off'),
};
