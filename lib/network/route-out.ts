import { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import { DependencyGroup, type Construct, type IDependable } from 'constructs';
import type { EgressNetwork } from './egress-ref';

/** Everything outside the VPC. */
export const ANYWHERE = '0.0.0.0/0';

/** What a route leads to: exactly one. */
export interface RouteTarget {
  readonly natGatewayId?: string;
  readonly vpcEndpointId?: string;
}

/**
 * Leads what leaves the application subnets to the target of their zone. The routes have the same ids whatever they
 * lead to, so that another egress changes them in place.
 */
export function routeOut(
  scope: Construct,
  { zones }: EgressNetwork,
  targetIn: (zone: number) => RouteTarget,
): IDependable {
  return new DependencyGroup(
    ...zones.map(
      ({ applicationSubnet }, index) =>
        new CfnRoute(scope, `RouteOut${index + 1}`, {
          routeTableId: applicationSubnet.routeTable.routeTableId,
          destinationCidrBlock: ANYWHERE,
          ...targetIn(index),
        }),
    ),
  );
}
