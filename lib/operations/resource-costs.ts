import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRoute, CfnSubnetRouteTableAssociation, type CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnTaskDefinition, type CfnService } from 'aws-cdk-lib/aws-ecs';
import type { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import type { CfnFirewall } from 'aws-cdk-lib/aws-networkfirewall';
import { CfnDBCluster, type CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { A_MONTH, AN_HOUR, CACHE_NODES, HOURS_A_MONTH, RULE_GROUPS } from './price-list';

/** What a resource costs a month at rest, and what it is counted as. Undefined: it costs something nobody here knows. */
export interface ResourceCost {
  readonly what: string;
  readonly usd: number | undefined;
}

/** The resources that are added up together: some are priced by what others say of them. */
export type Resources = readonly CfnResource[];

type Estimate = (resource: CfnResource, all: Resources) => readonly ResourceCost[];

/** What `resource` costs; nothing for what costs by use alone. */
export function costsOf(resource: CfnResource, all: Resources): readonly ResourceCost[] {
  return ESTIMATES[resource.cfnResourceType]?.(resource, all) ?? [];
}

const fixed =
  (what: string, usd: number): Estimate =>
  () => [{ what, usd }];

const ESTIMATES: Readonly<Record<string, Estimate>> = {
  'AWS::KMS::Key': fixed('keys', A_MONTH.key),
  'AWS::KMS::ReplicaKey': fixed('keys', A_MONTH.key),
  'AWS::SecretsManager::Secret': fixed('secrets', A_MONTH.secret),
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::VPCEndpoint': endpoint,
  'AWS::NetworkFirewall::Firewall': networkFirewall,
  'AWS::RDS::DBCluster': masterSecret,
  'AWS::RDS::DBInstance': databaseInstance,
  'AWS::RDS::DBProxy': fixed('database proxy', AN_HOUR.databaseProxy * HOURS_A_MONTH),
  'AWS::ElastiCache::ReplicationGroup': cacheNodes,
  'AWS::ElastiCache::ServerlessCache': fixed('cache', A_MONTH.serverlessCache),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': fixed('load balancer', AN_HOUR.loadBalancer * HOURS_A_MONTH),
  'AWS::ECS::Service': tasks,
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::CloudFront::MonitoringSubscription': fixed('CloudFront metrics', A_MONTH.distributionMetrics),
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::Dashboard': fixed('alarms and dashboard', A_MONTH.dashboard),
  'AWS::Logs::MetricFilter': fixed('alarms and dashboard', A_MONTH.metric),
};

/** The value that a property has in the template. */
function valueOf(resource: CfnResource, property: unknown): unknown {
  return Stack.of(resource).resolve(property);
}

function numberOf(resource: CfnResource, property: unknown, otherwise: number): number {
  const value = Number(valueOf(resource, property) ?? otherwise);
  return Number.isNaN(value) ? otherwise : value;
}

function lengthOf(resource: CfnResource, property: unknown): number {
  const value = valueOf(resource, property);
  return Array.isArray(value) ? value.length : 0;
}

/** Whether `property` of `resource` refers to `other`, of the same stack. */
function refersTo(resource: CfnResource, property: unknown, other: CfnResource): boolean {
  return JSON.stringify(valueOf(resource, property) ?? '').includes(`"${valueOf(other, other.logicalId) as string}"`);
}

function ofType(all: Resources, type: string, beside: CfnResource): CfnResource[] {
  return all.filter((other) => other.cfnResourceType === type && Stack.of(other) === Stack.of(beside));
}

/** A regional gateway works, with an address, in the zone of every subnet that has a route to it. */
function natGateway(gateway: CfnResource, all: Resources): ResourceCost[] {
  const routes = ofType(all, CfnRoute.CFN_RESOURCE_TYPE_NAME, gateway) as CfnRoute[];
  const leading = routes.filter(({ natGatewayId }) => refersTo(gateway, natGatewayId, gateway));
  const tables = leading.map(({ routeTableId }) => JSON.stringify(valueOf(gateway, routeTableId)));
  const subnets = ofType(all, CfnSubnetRouteTableAssociation.CFN_RESOURCE_TYPE_NAME, gateway).filter((association) => {
    const { routeTableId } = association as CfnSubnetRouteTableAssociation;
    return tables.includes(JSON.stringify(valueOf(gateway, routeTableId)));
  });
  const usd = Math.max(1, subnets.length) * (AN_HOUR.natGateway + AN_HOUR.address) * HOURS_A_MONTH;
  return [{ what: 'NAT gateway and addresses', usd }];
}

function endpoint(resource: CfnResource): ResourceCost[] {
  const { vpcEndpointType, subnetIds } = resource as CfnVPCEndpoint;
  const usd = lengthOf(resource, subnetIds) * AN_HOUR.interfaceEndpoint * HOURS_A_MONTH;
  return vpcEndpointType === 'Interface' ? [{ what: 'interface endpoints', usd }] : [];
}

function networkFirewall(resource: CfnResource): ResourceCost[] {
  const zones = lengthOf(resource, (resource as CfnFirewall).subnetMappings);
  return [{ what: 'network firewall', usd: zones * AN_HOUR.firewallEndpoint * HOURS_A_MONTH }];
}

function masterSecret(resource: CfnResource): ResourceCost[] {
  const managed = (resource as CfnDBCluster).manageMasterUserPassword === true;
  return managed ? [{ what: 'secrets', usd: A_MONTH.secret }] : [];
}

/** An instance of a serverless cluster, at the least capacity it keeps. */
function databaseInstance(resource: CfnResource, all: Resources): ResourceCost[] {
  const { dbInstanceClass, dbClusterIdentifier } = resource as CfnDBInstance;
  const clusters = ofType(all, CfnDBCluster.CFN_RESOURCE_TYPE_NAME, resource) as CfnDBCluster[];
  const cluster = clusters.find((other) => refersTo(resource, dbClusterIdentifier, other));
  if (dbInstanceClass !== 'db.serverless' || cluster === undefined) {
    return [{ what: 'database', usd: undefined }];
  }
  const scaling = valueOf(
    cluster,
    cluster.serverlessV2ScalingConfiguration,
  ) as CfnDBCluster.ServerlessV2ScalingConfigurationProperty;
  return [{ what: 'database', usd: (scaling.minCapacity ?? 0) * AN_HOUR.databaseCapacity * HOURS_A_MONTH }];
}

function cacheNodes(resource: CfnResource): ResourceCost[] {
  const { cacheNodeType, numNodeGroups, replicasPerNodeGroup } = resource as CfnReplicationGroup;
  const nodes = numberOf(resource, numNodeGroups, 1) * (1 + numberOf(resource, replicasPerNodeGroup, 0));
  const price = CACHE_NODES[String(valueOf(resource, cacheNodeType))];
  return [{ what: 'cache', usd: price && price * nodes * HOURS_A_MONTH }];
}

/** The fewest tasks of a service that scales, or as many as it is told to run. */
function tasks(resource: CfnResource, all: Resources): ResourceCost[] {
  const service = resource as CfnService;
  const targets = ofType(all, CfnScalableTarget.CFN_RESOURCE_TYPE_NAME, service) as CfnScalableTarget[];
  const scaling = targets.find(({ resourceId }) => refersTo(service, resourceId, service));
  const number = numberOf(service, scaling?.minCapacity ?? service.desiredCount, 1);
  const definitions = ofType(all, CfnTaskDefinition.CFN_RESOURCE_TYPE_NAME, service) as CfnTaskDefinition[];
  const definition = definitions.find((other) => refersTo(service, service.taskDefinition, other));
  return [{ what: 'tasks', usd: definition && number * taskPrice(definition) }];
}

function taskPrice(definition: CfnTaskDefinition): number {
  const platform = valueOf(definition, definition.runtimePlatform) as
    CfnTaskDefinition.RuntimePlatformProperty | undefined;
  const architecture = platform?.cpuArchitecture === 'ARM64' ? 'ARM64' : 'X86_64';
  const processors = numberOf(definition, definition.cpu, 256) / 1024;
  const gibibytes = numberOf(definition, definition.memory, 512) / 1024;
  return (processors * AN_HOUR.processor[architecture] + gibibytes * AN_HOUR.memory[architecture]) * HOURS_A_MONTH;
}

function webAcl(resource: CfnResource): ResourceCost[] {
  const rules = valueOf(resource, (resource as CfnWebACL).rules) as CfnWebACL.RuleProperty[] | undefined;
  const groups = (rules ?? []).map(({ statement }) => {
    const { managedRuleGroupStatement: group } = statement as CfnWebACL.StatementProperty;
    return RULE_GROUPS[(group as CfnWebACL.ManagedRuleGroupStatementProperty | undefined)?.name ?? ''] ?? 0;
  });
  const usd = groups.reduce((sum, price) => sum + price + A_MONTH.webAclRule, A_MONTH.webAcl);
  return [{ what: 'WAF', usd }];
}

/** An alarm on an expression costs as much as the metrics in it. */
function alarm(resource: CfnResource): ResourceCost[] {
  const queries = (valueOf(resource, (resource as CfnAlarm).metrics) ?? []) as CfnAlarm.MetricDataQueryProperty[];
  const metrics = queries.filter(({ metricStat }) => metricStat !== undefined).length;
  return [{ what: 'alarms and dashboard', usd: Math.max(1, metrics) * A_MONTH.alarm }];
}
