import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

export const networkAclAdministrationClosed: ResourceRule = {
  name: 'network-acl-administration-closed',
  severity: 'medium',
  statement: 'No network ACL lets the whole internet reach a port of administration by a rule for that port.',
  fix: 'Name the addresses of those who administer.',
  appliesTo: ['AWS::EC2::NetworkAclEntry'],
  judge: (entry) => {
    if (entry.at('Egress').isTrue || !entry.at('RuleAction').is('allow')) {
      return notApplicable();
    }
    const everybody = entry.at('CidrBlock').is('0.0.0.0/0') || entry.at('Ipv6CidrBlock').is('::/0');
    const from = entry.at('PortRange', 'From').number ?? 0;
    const to = entry.at('PortRange', 'To').number ?? 65535;
    // A rule for a wide range serves answers; security groups decide who gets further.
    const meant = to - from < 1024 && [22, 3389].some((port) => from <= port && port <= to);
    return unless(!everybody || !meant, 'everybody may reach a port of administration', entry.at());
  },
};
