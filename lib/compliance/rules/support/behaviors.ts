import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** The behaviours of a distribution: the default one, and those for paths. */
export function behaviorsOf(distribution: GraphResource): readonly Value[] {
  const config = distribution.at('DistributionConfig');
  return [config.at('DefaultCacheBehavior'), ...config.at('CacheBehaviors').items];
}
