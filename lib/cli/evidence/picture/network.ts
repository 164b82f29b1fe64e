import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import type { Value } from '../../../compliance/template-graph/value';
import { told } from '../model/told';

/** Under which properties a type names its subnets and its security groups. */
interface Attached {
  readonly subnets: readonly (readonly string[])[];
  readonly groups: readonly (readonly string[])[];
}

const FIREWALL = 'AWS::NetworkFirewall::Firewall';

const CONFIGURATION = ['NetworkConfiguration', 'AwsvpcConfiguration'];

const ATTACHED: Readonly<Record<string, Attached>> = {
  'AWS::ECS::Service': { subnets: [[...CONFIGURATION, 'Subnets']], groups: [[...CONFIGURATION, 'SecurityGroups']] },
  'AWS::Lambda::Function': { subnets: [['VpcConfig', 'SubnetIds']], groups: [['VpcConfig', 'SecurityGroupIds']] },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { subnets: [['Subnets']], groups: [['SecurityGroups']] },
  'AWS::RDS::DBCluster': { subnets: [['DBSubnetGroupName']], groups: [['VpcSecurityGroupIds']] },
  'AWS::RDS::DBInstance': { subnets: [['DBSubnetGroupName']], groups: [['VPCSecurityGroups']] },
  'AWS::RDS::DBProxy': { subnets: [['VpcSubnetIds']], groups: [['VpcSecurityGroupIds']] },
  'AWS::ElastiCache::ReplicationGroup': { subnets: [['CacheSubnetGroupName']], groups: [['SecurityGroupIds']] },
  'AWS::ElastiCache::ServerlessCache': { subnets: [['SubnetIds']], groups: [['SecurityGroupIds']] },
  'AWS::EC2::NatGateway': { subnets: [['SubnetId']], groups: [] },
  'AWS::EC2::Instance': { subnets: [['SubnetId']], groups: [['SecurityGroupIds']] },
  'AWS::EC2::VPCEndpoint': { subnets: [['SubnetIds']], groups: [['SecurityGroupIds']] },
  [FIREWALL]: { subnets: [['SubnetMappings']], groups: [] },
};

/** Groups of subnets, and where they name them. */
const SUBNET_GROUPS: Readonly<Record<string, string>> = {
  'AWS::RDS::DBSubnetGroup': 'SubnetIds',
  'AWS::ElastiCache::SubnetGroup': 'SubnetIds',
};

/** Types that have network interfaces. */
export const WITH_INTERFACES = [...Object.keys(ATTACHED), 'AWS::EFS::FileSystem'];

/** The subnets of `resource`. */
export function subnetsOf(resource: GraphResource): readonly GraphResource[] {
  const named = namedIn(resource, 'subnets').flatMap((found) => {
    const property = SUBNET_GROUPS[found.type];
    return property === undefined ? [found] : targets(found.at(property));
  });
  return [...new Set([...named, ...mountsOf(resource, 'SubnetId')])].filter(({ type }) => type === 'AWS::EC2::Subnet');
}

/** The security groups of `resource`. */
export function groupsOf(resource: GraphResource): readonly GraphResource[] {
  return [...namedIn(resource, 'groups'), ...mountsOf(resource, 'SecurityGroups')].filter(
    ({ type }) => type === 'AWS::EC2::SecurityGroup',
  );
}

/** What the routes of `subnet` that lead out of the network lead to. */
export function waysOutOf(subnet: GraphResource): readonly GraphResource[] {
  const { graph } = subnet.stack;
  const referrers = (...words: Parameters<TemplateGraph['referrers']>): readonly GraphResource[] =>
    told(() => graph.referrers(...words)) ?? [];
  return referrers(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId')
    .flatMap((association) => targets(association.at('RouteTableId')))
    .flatMap((table) => referrers(table, 'AWS::EC2::Route', 'RouteTableId'))
    .flatMap((route) => ['GatewayId', 'NatGatewayId', 'VpcEndpointId'].flatMap((way) => targets(route.at(way))))
    .flatMap((way) => (isLookup(way) ? targets(way.at()).filter(({ type }) => type === FIREWALL) : [way]));
}

/** CloudFormation does not tell which endpoint of a firewall is in which zone; a custom resource looks them up. */
function isLookup({ type }: GraphResource): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** The resources that `value` refers to. */
export function targets(value: Value): GraphResource[] {
  return value.references.map(({ resource }) => resource);
}

function namedIn(resource: GraphResource, kind: keyof Attached): GraphResource[] {
  return (ATTACHED[resource.type]?.[kind] ?? []).flatMap((path) => targets(resource.at(...path)));
}

/** Of a file system, what its mount targets name. */
function mountsOf(resource: GraphResource, property: string): GraphResource[] {
  if (resource.type !== 'AWS::EFS::FileSystem') {
    return [];
  }
  const { graph } = resource.stack;
  const mounts = told(() => graph.referrers(resource, 'AWS::EFS::MountTarget', 'FileSystemId')) ?? [];
  return mounts.flatMap((mount) => targets(mount.at(property)));
}
