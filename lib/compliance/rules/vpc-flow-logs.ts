import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';

export const vpcFlowLogs: ResourceRule = {
  name: 'vpc-flow-logs',
  severity: 'medium',
  statement: 'Every connection in the network is written down.',
  fix: 'Add a flow log of all traffic to the VPC.',
  appliesTo: ['AWS::EC2::VPC'],
  judge: (vpc, graph) => {
    const logs = graph.referrers(vpc, 'AWS::EC2::FlowLog', 'ResourceId');
    return unless(
      some(logs, (log) => log.at('TrafficType').is('ALL')),
      logs.length === 0 ? 'it has no flow log' : 'its flow log leaves traffic out',
    );
  },
};
