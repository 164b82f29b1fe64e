import { type ResourceRule } from '../rule';
import { about, objection, unless } from '../verdict';

export const securityGroupEgress: ResourceRule = {
  name: 'security-group-egress',
  severity: 'medium',
  statement: 'Nothing in the network may talk to everything.',
  fix: 'Set allowAllOutbound to false, and allow what is needed.',
  appliesTo: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress'],
  judge: (group) => {
    const own = group.type === 'AWS::EC2::SecurityGroup';
    const rules = own ? group.at('SecurityGroupEgress') : group.at();
    return own && !rules.isPresent
      ? objection('without egress rules, EC2 lets everything out', rules)
      : about(own ? rules.items : [rules], (rule) => {
          const open = rule.at('CidrIp').is('0.0.0.0/0') || rule.at('CidrIpv6').is('::/0');
          return unless(!open || !rule.at('IpProtocol').isOneOf('-1'), 'everything may go anywhere', rule);
        });
  },
};
