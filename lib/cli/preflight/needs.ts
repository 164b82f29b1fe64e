import type { StoreAssembly, StoreStack } from '../store-assembly';
import { at, listOf } from '../template-text';

/** Resources of these types, of `stacks`, by Region. */
export function countByRegion(
  stacks: Iterable<StoreStack>,
  count: (stack: StoreStack) => number,
): ReadonlyMap<string, number> {
  const regions = new Map<string, number>();
  for (const stack of stacks) {
    regions.set(stack.region, (regions.get(stack.region) ?? 0) + count(stack));
  }
  return regions;
}

/** A count of the resources of `type` in a stack. */
export function resourcesOfType(type: string): (stack: StoreStack) => number {
  return ({ resources }) => resources.filter((resource) => resource.type === type).length;
}

/** Public addresses that a stack takes: its own, and one in each zone for a regional NAT gateway. */
export function addresses({ resources }: StoreStack): number {
  const own = resources.filter(({ type }) => type === 'AWS::EC2::EIP').length;
  const gateways = resources.filter(
    ({ type, properties }) =>
      type === 'AWS::EC2::NatGateway' &&
      properties.AvailabilityMode === 'regional' &&
      listOf(properties.AvailabilityZoneAddresses).length === 0,
  );
  // Where a subnet follows another one, its zone is counted there.
  const zones = resources
    .filter(({ type }) => type === 'AWS::EC2::Subnet')
    .map(({ properties }) => properties.AvailabilityZoneId ?? properties.AvailabilityZone)
    .filter((zone) => typeof zone === 'string');
  return own + gateways.length * new Set(zones).size;
}

/**
 * Processors of Fargate that the services of a stack take during a rollout, when old and new tasks stand side by side.
 */
export function fargateProcessors({ resources }: StoreStack): number {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const services = resources.filter(({ type }) => type === 'AWS::ECS::Service');
  const processors = services.map(({ logicalId, properties }) => {
    const definition = byId.get(String(at(properties.TaskDefinition, 'Ref')));
    const scaling = resources.find(
      ({ type, properties: target }) =>
        type === 'AWS::ApplicationAutoScaling::ScalableTarget' &&
        JSON.stringify(target.ResourceId).includes(`"${logicalId}"`),
    );
    const tasks = Number(properties.DesiredCount ?? scaling?.properties.MinCapacity ?? 1);
    const share = Number(at(properties, 'DeploymentConfiguration', 'MaximumPercent') ?? 200) / 100;
    return (tasks * share * Number(definition?.properties.Cpu ?? 256)) / 1024;
  });
  return processors.reduce((sum, each) => sum + each, 0);
}

/** Whether a function of `store` reserves concurrency. */
export function reservesConcurrency({ stacks }: StoreAssembly): boolean {
  return stacks.some(({ resources }) =>
    resources.some(
      ({ type, properties }) =>
        type === 'AWS::Lambda::Function' && Number(properties.ReservedConcurrentExecutions ?? 0) > 0,
    ),
  );
}
