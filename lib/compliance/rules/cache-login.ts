import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const cacheLogin: ResourceRule = {
  name: 'cache-login',
  severity: 'high',
  statement: 'The cache asks who is there.',
  fix: 'Give it user groups, or a token.',
  appliesTo: ['AWS::ElastiCache::ReplicationGroup'],
  judge: (cache) =>
    unless(
      cache.at('UserGroupIds').items.length > 0 || cache.at('AuthToken').isPresent,
      'whoever reaches it may read it',
      cache.at('UserGroupIds'),
    ),
};
