import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const vpcDefaultSecurityGroup: ResourceRule = {
  name: 'vpc-default-security-group',
  severity: 'medium',
  statement: 'The security group that every network comes with lets nothing through.',
  fix: 'Set restrictDefaultSecurityGroup on the VPC.',
  appliesTo: ['AWS::EC2::VPC'],
  judge: (vpc, graph) =>
    unless(
      graph.referrers(vpc, 'Custom::VpcRestrictDefaultSG', 'DefaultSecurityGroupId').length > 0,
      'its default security group lets its members talk, and out',
    ),
};
