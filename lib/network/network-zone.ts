import { Tags } from 'aws-cdk-lib';
import { CfnRouteTable, CfnSubnet, CfnSubnetRouteTableAssociation } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { pinLogicalId } from '../core/stateful';
import type { ZonePlace } from './availability-zones';

/** Where the subnets of a zone stand. */
export interface NetworkZoneProps {
  /** What a user placed; subnets keep their logical ids for as long as it keeps its place. */
  readonly owner: Construct;
  /** The VPC. */
  readonly vpcId: string;
  /** The Availability Zones. */
  readonly places: readonly ZonePlace[];
  /** Ranges of the subnets, in the order of `places`. */
  readonly cidrs: readonly string[];
}

/** A subnet in every Availability Zone, each with a route table of its own that leads nowhere out of the VPC. */
export class NetworkZone extends Construct {
  /** The subnets, in the order of the Availability Zones. */
  public readonly subnets: CfnSubnet[];
  /** Their route tables, in the same order. */
  public readonly routeTables: CfnRouteTable[];
  /** What ties each subnet to its route table. */
  public readonly associations: CfnSubnetRouteTableAssociation[];

  public constructor(scope: Construct, id: string, props: NetworkZoneProps) {
    super(scope, id);
    this.subnets = props.places.map((_, index) => this.createSubnet(index, props));
    this.routeTables = this.subnets.map(
      (_, index) => new CfnRouteTable(this, `Routes${index + 1}`, { vpcId: props.vpcId }),
    );
    this.associations = this.subnets.map((subnet, index) => this.associate(subnet, index));
  }

  private createSubnet(index: number, { owner, vpcId, places, cidrs }: NetworkZoneProps): CfnSubnet {
    const subnet = new CfnSubnet(this, `Subnet${index + 1}`, {
      ...places[index],
      vpcId,
      cidrBlock: cidrs[index],
      mapPublicIpOnLaunch: false,
    });
    pinLogicalId(owner, subnet, `${this.node.id}Subnet${index + 1}`);
    Tags.of(subnet).add('Name', subnet.node.path);
    return subnet;
  }

  private associate({ attrSubnetId }: CfnSubnet, index: number): CfnSubnetRouteTableAssociation {
    return new CfnSubnetRouteTableAssociation(this, `Subnet${index + 1}Routes`, {
      subnetId: attrSubnetId,
      routeTableId: this.routeTables[index].attrRouteTableId,
    });
  }
}
