import { Fn } from 'aws-cdk-lib';
import { Peer, Port, Subnet, Vpc, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import { DependencyGroup, type Construct } from 'constructs';
import { type INetwork } from '../../lib';

/** A network that somebody else built: it adds nothing to the template of `scope`. */
export function existingNetwork(scope: Construct, zones = 2): INetwork {
  const subnet = (id: string, digits: string, index: number): ISubnet =>
    Subnet.fromSubnetAttributes(scope, `${id}${index}`, {
      subnetId: `subnet-${digits}${index}`,
      availabilityZone: Fn.select(index, Fn.getAzs()),
      routeTableId: `rtb-${digits}${index}`,
    });
  const indexes = [...Array(zones).keys()];
  const availabilityZones = indexes.map((index) => Fn.select(index, Fn.getAzs()));
  return {
    vpc: Vpc.fromVpcAttributes(scope, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      vpcCidrBlock: '10.20.0.0/16',
      availabilityZones,
    }),
    applicationSubnets: indexes.map((index) => subnet('ApplicationSubnet', '0123456789abcdea', index)),
    dataSubnets: indexes.map((index) => subnet('DataSubnet', '0123456789abcded', index)),
    ready: new DependencyGroup(),
    allowEgress: (client) => client.connections.allowTo(Peer.anyIpv4(), Port.tcp(443), 'Egress'),
  };
}
