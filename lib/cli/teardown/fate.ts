import { resourcesOf, type PlacedResource, type StoreAssembly } from '../store-assembly';
import { at } from '../template-text';
import { eachGigabyte, idleInstance, type KeptPrice, type KeptType } from './kept-type';
import { KEPT_OTHERWISE, KEPT_TYPES } from './kept-types';

/** What becomes of a resource when its stack is deleted. */
export type Fate = 'goes' | 'stays' | 'leaves a snapshot';

/** Types that CloudFormation leaves a snapshot of when the template says nothing. */
const SNAPSHOT_BY_DEFAULT = 'AWS::RDS::DBCluster';

/** What the template says, and CloudFormation's own rule where it says nothing. */
export function fateOf({ type, deletionPolicy }: Pick<PlacedResource, 'type' | 'deletionPolicy'>): Fate {
  const policy = deletionPolicy ?? (type === SNAPSHOT_BY_DEFAULT ? 'Snapshot' : 'Delete');
  if (policy === 'Snapshot') {
    return 'leaves a snapshot';
  }
  return policy === 'Delete' ? 'goes' : 'stays';
}

/** Resources of `store` of which something is left. */
export function keptOf(store: StoreAssembly): PlacedResource[] {
  return resourcesOf(store).filter((resource) => fateOf(resource) !== 'goes');
}

/** What to know of a kept resource. */
export function knowledgeOf({ type }: Pick<PlacedResource, 'type'>): KeptType {
  return KEPT_TYPES[type] ?? KEPT_OTHERWISE;
}

/** What a kept resource costs, as far as its template tells. */
export function priceOf(resource: PlacedResource, store: StoreAssembly): KeptPrice | undefined {
  if (resource.type === 'AWS::RDS::DBCluster' && fateOf(resource) === 'leaves a snapshot') {
    return eachGigabyte('auroraSnapshotGigabyte');
  }
  return resource.type === 'AWS::RDS::DBInstance' ? instancePrice(resource, store) : KEPT_TYPES[resource.type]?.price;
}

/** A serverless instance idles at the lowest capacity of its cluster. */
function instancePrice({ properties }: PlacedResource, store: StoreAssembly): KeptPrice | undefined {
  const cluster = resourcesOf(store).find(
    ({ type, logicalId }) => type === 'AWS::RDS::DBCluster' && logicalId === at(properties.DBClusterIdentifier, 'Ref'),
  );
  const units = at(cluster?.properties, 'ServerlessV2ScalingConfiguration', 'MinCapacity');
  return properties.DBInstanceClass === 'db.serverless' && typeof units === 'number' ? idleInstance(units) : undefined;
}
