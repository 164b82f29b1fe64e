import { type GraphResource } from '../../template-graph/graph-resource';
import { type TemplateGraph } from '../../template-graph/template-graph';

/** Whether another bucket or a load balancer writes its access logs into `bucket`. */
export function holdsAccessLogs(bucket: GraphResource, graph: TemplateGraph): boolean {
  const balancers = graph.referrers(bucket, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes');
  const buckets = graph.referrers(bucket, 'AWS::S3::Bucket', 'LoggingConfiguration', 'DestinationBucketName');
  return balancers.length > 0 || buckets.some((other) => other !== bucket);
}
