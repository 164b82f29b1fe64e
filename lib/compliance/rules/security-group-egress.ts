import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

export const securityGroupEgress: ResourceRule = {
  name: 'security-group-egress',
  severity: 'medium',
  statement: 'Nothing in the network may talk to everything.',
  fix: 'Set allowAllOutbound to false, and allow what is needed.',
  appliesTo: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress'],
  judge: (group, graph) => {
    const own = group.type === 'AWS::EC2::SecurityGroup';
    const rules = own ? group.at('SecurityGroupEgress') : group.at();
    if (own && !rules.isPresent) {
      const others = graph.referrers(group, 'AWS::EC2::SecurityGroupEgress', 'GroupId');
      return unless(others.length > 0, 'without egress rules, EC2 lets everything out', rules);
    }
    return about(own ? rules.items : [rules], (rule) => {
      const open = rule.at('CidrIp').is('0.0.0.0/0') || rule.at('CidrIpv6').is('::/0');
      return unless(!open || !rule.at('IpProtocol').is('-1'), 'everything may go anywhere', rule);
    });
  },
};
