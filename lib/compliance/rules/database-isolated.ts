import { type ResourceRule } from '../rule';
import { about, undecidable, unless } from '../verdict';
import { hasRouteOut } from './support/routes';

export const databaseIsolated: ResourceRule = {
  name: 'database-isolated',
  severity: 'high',
  statement: 'Nothing leads from the database to the internet.',
  fix: 'Place it in subnets whose route table has no route for 0.0.0.0/0.',
  appliesTo: ['AWS::RDS::DBSubnetGroup'],
  judge: (group, graph) => {
    const subnets = group.at('SubnetIds').items;
    return about(subnets, (subnet) => {
      const resource = subnet.reference?.resource;
      return resource === undefined
        ? undecidable('its subnets are not in the templates', subnet)
        : unless(!hasRouteOut(resource, graph), `${resource.name} has a route to the internet`, subnet);
    });
  },
};
