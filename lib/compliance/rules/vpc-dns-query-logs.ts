import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const vpcDnsQueryLogs: ResourceRule = {
  name: 'vpc-dns-query-logs',
  severity: 'low',
  statement: 'Every name that is looked up in the network is written down.',
  fix: 'Associate a resolver query logging configuration with the VPC.',
  appliesTo: ['AWS::EC2::VPC'],
  judge: (vpc, graph) =>
    unless(
      graph.referrers(vpc, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 'ResourceId').length > 0,
      'look-ups of names are not written down',
    ),
};
