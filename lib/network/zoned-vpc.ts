import { Tags } from 'aws-cdk-lib';
import { CfnInternetGateway, CfnVPC, CfnVPCGatewayAttachment, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, DependencyGroup, type IDependable } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { pinLogicalId } from '../core/stateful';
import type { ZonePlace } from './availability-zones';
import type { CidrPlan } from './cidr-plan';
import { SecurityGroupCloser } from './default-security-group';
import { applicationRules, dataRules, ZoneAcl } from './network-acl';
import { NetworkZone } from './network-zone';

/** How a VPC is divided. */
export interface ZonedVpcProps {
  /** The range of the VPC. */
  readonly cidr: string;
  /** The ranges inside. */
  readonly plan: CidrPlan;
  /** The Availability Zones. */
  readonly places: readonly ZonePlace[];
  /** Key for the logs and dead letters of the function that closes the default security group. */
  readonly key: IKey;
  /** @default - nobody is told */
  readonly alerts?: IAlertTopics;
}

/** A VPC with an application zone and a data zone, kept apart, and with no route out of either. */
export class ZonedVpc extends Construct {
  /** The VPC. Its private subnets are the application zone, its isolated ones the data zone, whatever leads out. */
  public readonly vpc: IVpc;
  /** The internet gateway's place: attached, and no route leads to it. */
  public readonly attachment: IDependable;
  /** The last of what the VPC consists of. */
  public readonly complete: IDependable;

  public constructor(scope: Construct, id: string, props: ZonedVpcProps) {
    super(scope, id);
    const resource = this.createVpc(scope, props);
    this.attachment = this.attachInternetGateway(resource);
    const zone = (name: string, cidrs: readonly string[]): NetworkZone =>
      new NetworkZone(this, name, { ...props, owner: scope, vpcId: resource.attrVpcId, cidrs });
    const application = zone('Application', props.plan.applicationSubnets);
    const data = zone('Data', props.plan.dataSubnets);
    const closed = this.keepApart(resource, application, data, props);
    this.complete = new DependencyGroup(this.attachment, closed, ...application.associations, ...data.associations);
    this.vpc = this.describe(resource, application, data, props);
  }

  private createVpc(owner: Construct, { cidr }: ZonedVpcProps): CfnVPC {
    const vpc = new CfnVPC(this, 'Vpc', { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true });
    pinLogicalId(owner, vpc, 'Vpc');
    Tags.of(vpc).add('Name', owner.node.path);
    return vpc;
  }

  private attachInternetGateway({ attrVpcId }: CfnVPC): IDependable {
    const gateway = new CfnInternetGateway(this, 'InternetGateway');
    const internetGatewayId = gateway.attrInternetGatewayId;
    return new CfnVPCGatewayAttachment(this, 'Attachment', { vpcId: attrVpcId, internetGatewayId });
  }

  private keepApart(vpc: CfnVPC, application: NetworkZone, data: NetworkZone, props: ZonedVpcProps): IDependable {
    const { cidr, plan, key, alerts } = props;
    new ZoneAcl(this, 'ApplicationAcl', vpc.attrVpcId, application.subnets, applicationRules(cidr));
    new ZoneAcl(this, 'DataAcl', vpc.attrVpcId, data.subnets, dataRules(plan));
    return new SecurityGroupCloser(this, 'DefaultSecurityGroup', { vpc, key, alerts }).resource;
  }

  /** CDK's own `Vpc` would ask the account for its zones, or place subnets by name. This one describes what is there. */
  private describe(vpc: CfnVPC, application: NetworkZone, data: NetworkZone, { cidr, plan }: ZonedVpcProps): IVpc {
    return Vpc.fromVpcAttributes(this, 'Reference', {
      vpcId: vpc.attrVpcId,
      vpcCidrBlock: cidr,
      availabilityZones: application.subnets.map(({ attrAvailabilityZone }) => attrAvailabilityZone),
      privateSubnetIds: application.subnets.map(({ attrSubnetId }) => attrSubnetId),
      privateSubnetRouteTableIds: application.routeTables.map(({ attrRouteTableId }) => attrRouteTableId),
      privateSubnetIpv4CidrBlocks: plan.applicationSubnets.slice(0, application.subnets.length),
      isolatedSubnetIds: data.subnets.map(({ attrSubnetId }) => attrSubnetId),
      isolatedSubnetRouteTableIds: data.routeTables.map(({ attrRouteTableId }) => attrRouteTableId),
      isolatedSubnetIpv4CidrBlocks: plan.dataSubnets.slice(0, data.subnets.length),
    });
  }
}
