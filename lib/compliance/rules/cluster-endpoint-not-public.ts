import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const clusterEndpointNotPublic: ResourceRule = {
  name: 'cluster-endpoint-not-public',
  severity: 'high',
  statement: 'The API of a Kubernetes cluster does not answer the whole internet.',
  fix: 'Set EndpointPublicAccess to false, or name PublicAccessCidrs.',
  appliesTo: ['AWS::EKS::Cluster'],
  judge: (cluster) => {
    const access = cluster.at('ResourcesVpcConfig', 'EndpointPublicAccess');
    const cidrs = cluster.at('ResourcesVpcConfig', 'PublicAccessCidrs');
    const open = cidrs.items.length === 0 || some(cidrs.items, (cidr) => cidr.isOneOf('0.0.0.0/0', '::/0'));
    return unless(access.is(false) || !open, 'everybody may reach its API', access);
  },
};
