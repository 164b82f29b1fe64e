import { byUse, charge, times, unknown, type Charge, type Estimates } from '../charge';
import { HOURS_A_MONTH } from '../price';
import { at, listOf, numberOf, ofType, refersTo, type StackResources, type TemplateResource } from '../template';
import { ASSUMPTIONS, type Traffic } from '../traffic';
import { publicAddresses } from './network';

/** What runs, and what leads to it. */
export const COMPUTE: Estimates = {
  'AWS::ECS::Service': service,
  'AWS::ECS::TaskDefinition': taskOfItsOwn,
  'AWS::ECS::Cluster': containerInsights,
  'AWS::ECR::Repository': () => [byUse('images', 'imageGigabyte', 'what is in it')],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::Lambda::Function': () => [
    byUse('functions', 'lambdaRequests', 'as often as something happens'),
    byUse('functions', 'lambdaCompute', 'as long as they take'),
  ],
  'AWS::CodeBuild::Project': build,
  'AWS::Scheduler::Schedule': () => [byUse('schedules', 'schedules', 'as often as it is due')],
  'AWS::StepFunctions::StateMachine': () => [byUse('state machines', 'transitions', 'as often as it runs')],
  'AWS::SQS::Queue': () => [byUse('queues', 'queueRequests', 'as often as it is written and read')],
  'AWS::SNS::Topic': () => [byUse('messages to people', 'notifications', 'as often as something is wrong')],
  'AWS::SES::EmailIdentity': (_, __, { orders }) => [
    charge('mail', 'mails', (orders * ASSUMPTIONS.mailsAnOrder.value) / 1000),
  ],
  'AWS::Cognito::UserPool': ({ properties }) => [
    properties.UserPoolTier === 'PLUS' || properties.UserPoolTier === 'LITE'
      ? byUse('users', `activeUsers ${properties.UserPoolTier}`, 'as many as log in')
      : byUse('users', 'activeUsers ESSENTIALS', 'as many as log in'),
  ],
  'AWS::ApiGateway::RestApi': () => [byUse('APIs', 'restRequests', 'as often as it is called')],
  'AWS::ApiGatewayV2::Api': () => [byUse('APIs', 'httpRequests', 'as often as it is called')],
};

function build({ properties }: TemplateResource): Charge[] {
  return at(properties.Environment, 'ComputeType') === 'BUILD_GENERAL1_MEDIUM'
    ? [byUse('builds', 'buildMinute', 'as often and as long as something is built')]
    : [unknown('builds', 'there is no price for machines of other sizes than medium')];
}

/** The fewest tasks of a service that scales, or as many as it is told to run; in busy hours those that shoppers need. */
function service(resource: TemplateResource, stack: StackResources, traffic: Traffic): Charge[] {
  const { LaunchType, CapacityProviderStrategy, TaskDefinition, DesiredCount, NetworkConfiguration } =
    resource.properties;
  if (LaunchType !== 'FARGATE') {
    const isOnInstances = CapacityProviderStrategy === undefined && (LaunchType ?? 'EC2') === 'EC2';
    return isOnInstances ? [] : [unknown('tasks', 'a capacity provider decides what they cost')];
  }
  const definition = ofType(stack, 'AWS::ECS::TaskDefinition').find((other) => refersTo(TaskDefinition, other));
  const scaling = ofType(stack, 'AWS::ApplicationAutoScaling::ScalableTarget').find(({ properties }) =>
    refersTo(properties.ResourceId, resource),
  );
  const least = numberOf(scaling?.properties.MinCapacity ?? DesiredCount, 1);
  const network = at(NetworkConfiguration, 'AwsvpcConfiguration');
  const isPublic = at(network, 'AssignPublicIp') === 'ENABLED';
  const hours = times(least, HOURS_A_MONTH);
  const more =
    scaling && listOf(resource.properties.LoadBalancers).length > 0
      ? busyHours(least, scaling, definition, traffic)
      : 0;
  const all = hours === undefined ? undefined : hours + more;
  return [...tasks(definition, all), ...(isPublic ? [charge('public addresses', 'address', all)] : [])];
}

/** Hours of the tasks that a service has in busy hours beyond its fewest. */
function busyHours(
  least: number | undefined,
  scaling: TemplateResource,
  definition: TemplateResource | undefined,
  { busyRate, busyHours: hours }: Traffic,
): number {
  const processors = (numberOf(definition?.properties.Cpu, 256) ?? 256) / 1024;
  const most = numberOf(scaling.properties.MaxCapacity, Infinity) ?? Infinity;
  const wanted = Math.min(most, Math.ceil(busyRate / (ASSUMPTIONS.requestsATask.value * processors)));
  return Math.max(0, wanted - (least ?? 0)) * hours;
}

function tasks(definition: TemplateResource | undefined, hours: number | undefined): Charge[] {
  if (definition === undefined) {
    return [unknown('tasks', 'the definition of the task stands in another stack')];
  }
  const { Cpu, Memory, RuntimePlatform } = definition.properties;
  const isArm = at(RuntimePlatform, 'CpuArchitecture') === 'ARM64';
  const per1024 = (value: unknown, otherwise: number): number | undefined =>
    times(numberOf(value, otherwise), 1 / 1024);
  return [
    charge('tasks', isArm ? 'processorArm64' : 'processorX86', times(per1024(Cpu, 256), hours)),
    charge('tasks', isArm ? 'memoryArm64' : 'memoryX86', times(per1024(Memory, 512), hours)),
  ];
}

/** A definition that no service keeps running: a migration, a job of the night. */
function taskOfItsOwn(resource: TemplateResource, stack: StackResources): Charge[] {
  const { RequiresCompatibilities, RuntimePlatform } = resource.properties;
  const isKept = ofType(stack, 'AWS::ECS::Service').some(({ properties }) =>
    refersTo(properties.TaskDefinition, resource),
  );
  const isFargate = listOf(RequiresCompatibilities).includes('FARGATE');
  const processor = at(RuntimePlatform, 'CpuArchitecture') === 'ARM64' ? 'processorArm64' : 'processorX86';
  return isKept || !isFargate ? [] : [byUse('jobs', processor, 'as often and as long as it runs')];
}

function loadBalancer({ properties }: TemplateResource, _: StackResources, traffic: Traffic): Charge[] {
  const { Type = 'application', Scheme = 'internet-facing', Subnets } = properties;
  if (Type !== 'application' && Type !== 'network') {
    return [unknown('load balancer', 'there is no price for a load balancer of this type')];
  }
  return [
    { what: 'load balancer', price: 'loadBalancer', units: HOURS_A_MONTH },
    // The dearest of what its capacity is measured in, at a shop: a gigabyte an hour.
    charge('load balancer', 'loadBalancerCapacity', traffic.gigabytesOfOrigin),
    ...publicAddresses(Subnets, Scheme === 'internet-facing' && Subnets !== undefined),
  ];
}

function containerInsights({ properties }: TemplateResource): Charge[] {
  const setting = listOf(properties.ClusterSettings).find((each) => at(each, 'Name') === 'containerInsights');
  const value = at(setting, 'Value') ?? 'disabled';
  const price = value === 'enhanced' ? 'containerInsightsMetric' : 'metric';
  const why = 'at rest too: a metric for each thing that is measured of each service, task and container';
  return value === 'disabled' ? [] : [byUse('Container Insights', price, why)];
}
