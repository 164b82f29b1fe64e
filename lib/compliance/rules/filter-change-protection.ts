import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

export const filterChangeProtection: ResourceRule = {
  name: 'filter-change-protection',
  severity: 'low',
  statement: 'What filters the way out cannot be detached by mistake.',
  fix: 'Set mutationProtection (DNS firewall) or the change protections (Network Firewall).',
  appliesTo: ['AWS::Route53Resolver::FirewallRuleGroupAssociation', 'AWS::NetworkFirewall::Firewall'],
  judge: (filter) => {
    const keys =
      filter.type === 'AWS::NetworkFirewall::Firewall'
        ? ['DeleteProtection', 'FirewallPolicyChangeProtection', 'SubnetChangeProtection']
        : ['MutationProtection'];
    return about(keys, (key) => unless(filter.at(key).isOneOf(true, 'ENABLED'), `${key} is off`, filter.at(key)));
  },
};
