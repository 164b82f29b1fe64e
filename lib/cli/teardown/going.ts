import { resourcesOf, type PlacedResource, type StoreAssembly } from '../store-assembly';
import { fateOf } from './fate';
import { KEPT_TYPES } from './kept-types';
import { namedOf } from './physical-names';

/** A resource that holds something and goes with its stack. */
export interface Going {
  readonly stack: string;
  readonly type: string;
  readonly logicalId: string;
  readonly called: string;
  /** What to do first, or its stack does not go. */
  readonly first?: string;
}

/** What is lost with the stacks of `store`: resources that hold something, and that no template keeps. */
export function goingOf(store: StoreAssembly): Going[] {
  return resourcesOf(store)
    .filter((resource) => resource.type in KEPT_TYPES && holdsSomething(resource) && fateOf(resource) === 'goes')
    .map((resource) => ({
      stack: resource.stack.name,
      type: resource.type,
      logicalId: resource.logicalId,
      called: KEPT_TYPES[resource.type].called,
      first: obstacleOf(resource),
    }));
}

/** Keys and data: what costs money, costs it because it holds something. */
function holdsSomething({ type }: PlacedResource): boolean {
  return KEPT_TYPES[type]?.price !== undefined;
}

/** A bucket or repository goes only when it is empty, unless something in its stack empties it. */
function obstacleOf(resource: PlacedResource): string | undefined {
  const { type, logicalId, properties, stack } = resource;
  const { name, region } = namedOf(resource);
  const emptied = stack.resources.some(
    (other) =>
      other.type === 'Custom::S3AutoDeleteObjects' && JSON.stringify(other.properties).includes(`"${logicalId}"`),
  );
  if (type === 'AWS::S3::Bucket' && !emptied) {
    return `aws s3 rm s3://${name} --recursive --region ${region}   # then its old versions: Empty, in the console`;
  }
  return type === 'AWS::ECR::Repository' && properties.EmptyOnDelete !== true
    ? `aws ecr batch-delete-image --region ${region} --repository-name ${name} --image-ids ` +
        `"$(aws ecr list-images --region ${region} --repository-name ${name} --query 'imageIds' --output json)"`
    : undefined;
}
