import { those } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** The value of an attribute of a load balancer; nothing when the template does not set it. */
export function balancerAttribute(balancer: GraphResource, key: string): Value | undefined {
  const [attribute] = those(balancer.at('LoadBalancerAttributes').items, (each) => each.at('Key').is(key));
  return attribute?.at('Value');
}
