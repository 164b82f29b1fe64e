import type { IConnectable, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IDependable } from 'constructs';

/** A network as other constructs see it: where code runs, where data rests, and the one way out. */
export interface INetwork {
  /** The VPC. */
  readonly vpc: IVpc;

  /** Subnets of the application zone, one in each Availability Zone: code runs here, and leaves through the egress. */
  readonly applicationSubnets: ISubnet[];

  /** Subnets of the data zone, one in each Availability Zone: data rests here. No route leads out of the VPC. */
  readonly dataSubnets: ISubnet[];

  /** Depend on it before using the way out or CloudFront's way in: routes and internet gateway are in place then. */
  readonly ready: IDependable;

  /** Lets `client` call out through the network's egress: TCP 443 to whatever the egress lets pass. */
  allowEgress(client: IConnectable): void;
}
