import { statementsOf } from '../../policy/statement';
import { some } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type TemplateGraph } from '../../template-graph/template-graph';

/** Services that write access logs. */
const WRITERS = ['logging.s3.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com'];

/** Whether S3 or a load balancer writes access logs into `bucket`. */
export function holdsAccessLogs(bucket: GraphResource, graph: TemplateGraph): boolean {
  const balancers = graph.referrers(bucket, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes');
  const buckets = graph.referrers(bucket, 'AWS::S3::Bucket', 'LoggingConfiguration', 'DestinationBucketName');
  const policies = graph.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket');
  return (
    balancers.length > 0 ||
    buckets.some((other) => other !== bucket) ||
    some(
      policies.flatMap((policy) => statementsOf(policy, 'PolicyDocument')),
      (statement) => statement.isAllow && some(statement.principals, ({ name }) => WRITERS.includes(name)),
    )
  );
}
