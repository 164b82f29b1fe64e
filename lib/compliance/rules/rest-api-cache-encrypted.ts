import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, notApplicable, unless } from '../verdict';

export const restApiCacheEncrypted: ResourceRule = {
  name: 'rest-api-cache-encrypted',
  severity: 'medium',
  statement: 'A cache of a REST API is encrypted.',
  fix: 'Set CacheDataEncrypted for every method that is cached.',
  appliesTo: ['AWS::ApiGateway::Stage'],
  judge: (stage) =>
    stage.at('CacheClusterEnabled').isTrue ||
    some(stage.at('MethodSettings').items, (each) => each.at('CachingEnabled').isTrue)
      ? about(stage.at('MethodSettings').items, (each) =>
          unless(
            !each.at('CachingEnabled').isTrue || each.at('CacheDataEncrypted').isTrue,
            'what it caches is not encrypted',
            each,
          ),
        )
      : notApplicable(),
};
