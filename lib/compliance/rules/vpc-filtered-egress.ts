import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { type GraphResource } from '../template-graph/graph-resource';
import { notApplicable, undecidable, unless } from '../verdict';
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
  appliesTo: ['AWS::EC2::Route'],
  judge: (route, graph) => {
    if (!isRouteOut(route)) {
      return notApplicable();
    }
    const vpc = route.at('RouteTableId').reference?.resource.at('VpcId').reference?.resource;
    if (vpc === undefined) {
      return undecidable('its network is not in the templates', route.at('RouteTableId'));
    }
    const groups = graph
      .referrers(vpc, 'AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId')
      .flatMap((association) => association.at('FirewallRuleGroupId').reference?.resource ?? []);
    return unless(
      some(groups, blocksTheRest) || graph.referrers(vpc, 'AWS::NetworkFirewall::Firewall', 'VpcId').length > 0,
      'whatever gets in can send data anywhere',
    );
  },
};
