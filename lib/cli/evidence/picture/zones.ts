import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import { told } from '../model/told';
import { subnetsOf, waysOutOf } from './network';

/** Where something stands, by who can get there. */
export type Zone = 'internet' | 'edge' | 'public' | 'private' | 'isolated' | 'managed';

/** The zones, from the outside in. */
export const ZONES: Readonly<Record<Zone, string>> = {
  internet: 'Internet',
  edge: 'Edge of AWS',
  public: 'Public subnets',
  private: 'Private subnets with a way out',
  isolated: 'Isolated subnets',
  managed: 'Services of AWS, outside of the network',
};

/** What is drawn, and what it is called. */
const DRAWN: Readonly<Record<string, string>> = {
  'AWS::CloudFront::Distribution': 'Distribution',
  'AWS::WAFv2::WebACL': 'Web firewall',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Load balancer',
  'AWS::ECS::Service': 'Service',
  'AWS::Lambda::Function': 'Function',
  'AWS::RDS::DBCluster': 'Database',
  'AWS::RDS::DBInstance': 'Database',
  'AWS::RDS::DBProxy': 'Database proxy',
  'AWS::ElastiCache::ReplicationGroup': 'Cache',
  'AWS::ElastiCache::ServerlessCache': 'Cache',
  'AWS::EFS::FileSystem': 'Shared files',
  'AWS::EC2::NatGateway': 'NAT gateway',
  'AWS::NetworkFirewall::Firewall': 'Network firewall',
  'AWS::EC2::VPCEndpoint': 'Endpoint of AWS',
  'AWS::EC2::Instance': 'Host',
  'AWS::S3::Bucket': 'Bucket',
  'AWS::SQS::Queue': 'Queue',
  'AWS::SNS::Topic': 'Topic',
  'AWS::DynamoDB::Table': 'Table',
  'AWS::DynamoDB::GlobalTable': 'Table',
  'AWS::StepFunctions::StateMachine': 'Workflow',
  'AWS::ApiGateway::RestApi': 'API',
  'AWS::ApiGatewayV2::Api': 'API',
  'AWS::Cognito::UserPool': 'User pool',
  'AWS::Backup::BackupPlan': 'Backup plan',
  'AWS::Backup::BackupVault': 'Backup vault',
};

const AT_THE_EDGE = ['AWS::CloudFront::Distribution', 'AWS::WAFv2::WebACL'];

/** What `resource` is called in a picture; nothing where it is not drawn. */
export function drawnType({ type }: GraphResource): string | undefined {
  return DRAWN[type];
}

/** Where `resource` stands. */
export function placeOf(resource: GraphResource): Zone {
  if (AT_THE_EDGE.includes(resource.type)) {
    return 'edge';
  }
  if (resource.type === 'AWS::EC2::NatGateway') {
    // One for all zones names no subnet, and has an address of the internet all the same.
    return resource.at('ConnectivityType').describe() === 'private' ? 'private' : 'public';
  }
  const subnets = subnetsOf(resource);
  if (subnets.length === 0) {
    return 'managed';
  }
  const ways = subnets.flatMap((subnet) => told(() => waysOutOf(subnet)) ?? []);
  return ways.some(({ type }) => type === 'AWS::EC2::InternetGateway')
    ? 'public'
    : ways.length > 0
      ? 'private'
      : 'isolated';
}
