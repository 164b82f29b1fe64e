import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const cacheMinorUpgrades: ResourceRule = {
  name: 'cache-minor-upgrades',
  severity: 'medium',
  statement: 'A cache takes minor upgrades by itself.',
  fix: 'Leave AutoMinorVersionUpgrade true.',
  appliesTo: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  judge: (resource) => {
    const value = resource.at('AutoMinorVersionUpgrade');
    return unless(value.is(false) === false, 'its upgrades are switched off', value);
  },
};
