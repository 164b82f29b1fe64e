import { type Template } from 'aws-cdk-lib/assertions';

interface Route {
  readonly RouteTableId: unknown;
  readonly DestinationCidrBlock?: string;
  readonly GatewayId?: unknown;
  readonly NatGatewayId?: unknown;
  readonly VpcEndpointId?: unknown;
}

/** Where a subnet's route table leads, besides its own VPC. Subnets by logical id. */
export function routesFrom(template: Template): Readonly<Record<string, readonly Route[]>> {
  const routes = propertiesOf<Route>(template, 'AWS::EC2::Route');
  const associations = propertiesOf<{ SubnetId: Attribute; RouteTableId: unknown }>(
    template,
    'AWS::EC2::SubnetRouteTableAssociation',
  );
  return Object.fromEntries(
    associations.map(({ SubnetId, RouteTableId }) => [
      SubnetId['Fn::GetAtt'][0],
      routes.filter((route) => JSON.stringify(route.RouteTableId) === JSON.stringify(RouteTableId)),
    ]),
  );
}

/** Every route of a template, those of a NAT gateway's own table included. */
export function allRoutes(template: Template): readonly Route[] {
  return propertiesOf<Route>(template, 'AWS::EC2::Route');
}

interface Attribute {
  readonly 'Fn::GetAtt': readonly [string, string];
}

function propertiesOf<Properties>(template: Template, type: string): Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties as Properties);
}
