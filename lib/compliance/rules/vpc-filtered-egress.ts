import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { compliant, unless } from '../verdict';
import { isRouteOut } from './support/routes';

/** Whether a group of DNS rules refuses every name that no rule before allowed. */
function blocksTheRest(group: GraphResource): boolean {
  return some(
    group.at('FirewallRules').items,
    (rule) =>
      rule.at('Action').is('BLOCK') &&
      some(rule.at('FirewallDomainListId').references, ({ resource }) =>
        some(resource.at('Domains').items, (domain) => domain.is('*')),
      ),
  );
}

export const vpcFilteredEgress: ResourceRule = {
  name: 'vpc-filtered-egress',
  severity: 'high',
  statement: 'What leaves the network goes where somebody listed.',
  fix: 'Filter the way out with the DNS firewall or Network Firewall, or have none.',
  appliesTo: ['AWS::EC2::VPC'],
  judge: (vpc, graph) => {
    const tables = graph.referrers(vpc, 'AWS::EC2::RouteTable', 'VpcId');
    const routes = tables.flatMap((table) => graph.referrers(table, 'AWS::EC2::Route', 'RouteTableId'));
    if (!some(routes, isRouteOut)) {
      return compliant();
    }
    const groups = graph
      .referrers(vpc, 'AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId')
      .flatMap((association) => association.at('FirewallRuleGroupId').reference?.resource ?? []);
    return unless(
      some(groups, (group) => blocksTheRest(group)) ||
        graph.referrers(vpc, 'AWS::NetworkFirewall::Firewall', 'VpcId').length > 0,
      'whatever gets in can send data anywhere',
    );
  },
};
