import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

export const securityGroupIngress: ResourceRule = {
  name: 'security-group-ingress',
  severity: 'high',
  statement: 'Nobody on the internet reaches anything in the network but by HTTP and HTTPS.',
  fix: 'Allow a security group, a prefix list or an address range of your own.',
  appliesTo: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'],
  judge: (group) => {
    const rules = group.type === 'AWS::EC2::SecurityGroup' ? group.at('SecurityGroupIngress').items : [group.at()];
    return about(rules, (rule) => {
      const open = rule.at('CidrIp').is('0.0.0.0/0') || rule.at('CidrIpv6').is('::/0');
      const [from, to] = [rule.at('FromPort'), rule.at('ToPort')];
      const web = [80, 443].some((port) => from.is(port) && to.is(port));
      return unless(!open || web, `any address reaches port ${from.describe()} to ${to.describe()}`, rule);
    });
  },
};
