import { some } from '../../template-graph/cannot-tell';
import { type GraphResource } from '../../template-graph/graph-resource';
import { type TemplateGraph } from '../../template-graph/template-graph';

/** Whether a route leads from `subnet` to any address, by whatever gateway. */
export function hasRouteOut(subnet: GraphResource, graph: TemplateGraph): boolean {
  const tables = graph
    .referrers(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId')
    .flatMap((association) => association.at('RouteTableId').reference?.resource ?? []);
  const routes = tables.flatMap((table) => graph.referrers(table, 'AWS::EC2::Route', 'RouteTableId'));
  return some(routes, isRouteOut);
}

/** Whether a route is for any address. */
export function isRouteOut(route: GraphResource): boolean {
  return route.at('DestinationCidrBlock').is('0.0.0.0/0') || route.at('DestinationIpv6CidrBlock').is('::/0');
}
