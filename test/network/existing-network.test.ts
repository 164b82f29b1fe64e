import { CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Subnet, SubnetType, Vpc, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Network, type INetwork } from '../../lib';
import { EGRESS_METADATA } from '../../lib/core/egress-metadata';
import { foreignStack } from '../support/stack';

function ownVpc(stack: Stack): Vpc {
  return new Vpc(stack, 'Vpc', {
    subnetConfiguration: [
      { name: 'public', subnetType: SubnetType.PUBLIC },
      { name: 'application', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED },
    ],
  });
}

const subnet = (stack: Stack, subnetId: string, availabilityZone: string): ISubnet =>
  Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, availabilityZone, routeTableId: `rtb-${subnetId}` });

test('takes over a VPC of the same app as it is', () => {
  const stack = foreignStack();
  const vpc = ownVpc(stack);
  const { privateSubnets: applicationSubnets, isolatedSubnets: dataSubnets } = vpc;
  const resources = stack.node.findAll().filter((child) => CfnResource.isCfnResource(child)).length;
  const network: INetwork = Network.existing(stack, 'Network', { vpc, applicationSubnets, dataSubnets });
  expect(network).toMatchObject({ vpc, applicationSubnets, dataSubnets });
  expect(stack.node.findAll().filter((child) => CfnResource.isCfnResource(child))).toHaveLength(resources);
});

test('takes over subnets that are known by their ids alone', () => {
  const stack = foreignStack();
  const named = (id: string): ISubnet => Subnet.fromSubnetId(stack, id, id);
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: Fn.getAzs() });
  const network = Network.existing(stack, 'Network', {
    vpc,
    applicationSubnets: [named('subnet-a1'), named('subnet-a2')],
    dataSubnets: [named('subnet-d1'), named('subnet-d2')],
  });
  expect(network.dataSubnets.map(({ subnetId }) => subnetId)).toEqual(['subnet-d1', 'subnet-d2']);
});

test('waits for the routes of a VPC of the same app', () => {
  const stack = foreignStack();
  const vpc = ownVpc(stack);
  const { privateSubnets: applicationSubnets, isolatedSubnets: dataSubnets } = vpc;
  const network = Network.existing(stack, 'Network', { vpc, applicationSubnets, dataSubnets });
  const client = new SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false });
  client.node.addDependency(network.ready);
  network.allowEgress(client);
  Template.fromStack(stack).hasResource('AWS::EC2::SecurityGroup', {
    Properties: { SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }] },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^VpcapplicationSubnet2DefaultRoute')]),
  });
});

test.each([
  [undefined, 'Nobody here knows: the network was made elsewhere, and whoever made it answers for what leaves it.'],
  ['Anything over the proxy of the group.', 'Anything over the proxy of the group.'],
])('says in the assembly what its way out does not stop: %j', (doesNotStop, said) => {
  const stack = foreignStack();
  const vpc = ownVpc(stack);
  const { privateSubnets: applicationSubnets, isolatedSubnets: dataSubnets } = vpc;
  Network.existing(stack, 'Network', { vpc, applicationSubnets, dataSubnets, doesNotStop });
  expect(stack.node.findChild('Network').node.metadata).toContainEqual(
    expect.objectContaining({ type: EGRESS_METADATA, data: { destinations: [], doesNotStop: said } }),
  );
});

describe('refuses', () => {
  const stack = foreignStack();
  const vpc = ownVpc(stack);
  const foreignVpc = Vpc.fromVpcAttributes(stack, 'Foreign', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-a1', 'subnet-a2'],
    isolatedSubnetIds: ['subnet-d1', 'subnet-d2'],
  });
  const applicationSubnets = vpc.privateSubnets;
  const dataSubnets = vpc.isolatedSubnets;
  let count = 0;
  const build = (props: Partial<Parameters<typeof Network.existing>[2]>): (() => unknown) => {
    const id = `Network${++count}`;
    return () => Network.existing(stack, id, { vpc, applicationSubnets, dataSubnets, ...props });
  };

  test('a zone without subnets', () => {
    expect(build({ dataSubnets: [] })).toThrow(
      'dataSubnets is []; it must be subnets in at least 2 Availability Zones. Add a subnet in another zone: databases, caches and load balancers demand two. [ExistingSubnetsTooFew]',
    );
  });

  test('subnets in one Availability Zone', () => {
    const subnets = [subnet(stack, 'subnet-a1', 'eu-west-1a'), subnet(stack, 'subnet-a2', 'eu-west-1a')];
    expect(build({ vpc: foreignVpc, applicationSubnets: subnets })).toThrow(
      'applicationSubnets is ["subnet-a1","subnet-a2"]; it must be subnets in at least 2 Availability Zones.',
    );
  });

  test('a subnet in both zones', () => {
    expect(build({ dataSubnets: applicationSubnets })).toThrow(
      /dataSubnets is \[.*\]; it must be other subnets than the applicationSubnets\. Give data subnets of its own, so that no route out of the application zone is a route out of them\. \[ExistingSubnetsShared\]/,
    );
  });

  test('public subnets', () => {
    expect(build({ applicationSubnets: vpc.publicSubnets })).toThrow(
      /applicationSubnets is \[.*\]; it must be subnets without a route to an internet gateway\. Give private subnets: nothing of the shop needs an address of its own outside\. \[ExistingSubnetPublic\]/,
    );
  });

  test('subnets of another VPC', () => {
    const elsewhere = [subnet(stack, 'subnet-x1', 'eu-west-1a'), subnet(stack, 'subnet-x2', 'eu-west-1b')];
    const applicationOfIt = foreignVpc.privateSubnets;
    expect(build({ vpc: foreignVpc, applicationSubnets: applicationOfIt, dataSubnets: elsewhere })).toThrow(
      'dataSubnets is ["subnet-x1","subnet-x2"]; it must be subnets of the VPC. Give the VPC in which the subnets lie, or subnets of this one. [ExistingSubnetElsewhere]',
    );
  });
});
