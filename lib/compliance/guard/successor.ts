import type { AssemblyRecord } from './record';
import { recordedIn, type LockedResource, type StatefulLock } from './stateful-lock';
import { nameOf } from './settle';

/** What stands in the place of something that is gone: a resource of its type that the lock does not know. */
export function successorOf(
  key: string,
  logicalId: string,
  { type, path }: LockedResource,
  lock: StatefulLock,
  { stacks }: AssemblyRecord,
): string | undefined {
  const added = Object.entries(stacks).flatMap(([stack, { resources }]) =>
    Object.entries(resources)
      .filter(([id, resource]) => resource.type === type && recordedIn(lock, stack, id) === undefined)
      .map(([id, resource]) => ({ stack, id, resource, near: likeness(path, resource.path) })),
  );
  const [nearest] = added.sort((a, b) => b.near - a.near);
  if (nearest === undefined) {
    return undefined;
  }
  const where = nearest.stack === key ? 'under the logical id' : `in ${nameOf(nearest.stack)}, as`;
  return `${nearest.id === logicalId && nearest.stack !== key ? 'It' : 'Another one'} would be made anew ${where} ${nearest.id}: CloudFormation neither renames nor moves.${contentsOf(nearest.resource)}`;
}

/** What a cluster is restored from. */
const RESTORED_FROM = ['SnapshotIdentifier', 'SourceDBClusterIdentifier', 'SourceDbClusterResourceId'];

/** The one step that makes a restore of it is easily forgotten, and nothing else in the template shows it. */
function contentsOf({ type, properties }: LockedResource): string {
  const isRestored = type !== 'AWS::RDS::DBCluster' || RESTORED_FROM.some((name) => properties[name] !== undefined);
  return isRestored ? '' : ' It is restored from no snapshot and no moment.';
}

/** How many letters two paths share, from their beginnings and from their ends. */
function likeness(one = '', other = ''): number {
  return sharedBeginning([...one], [...other]) + sharedBeginning([...one].reverse(), [...other].reverse());
}

function sharedBeginning(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((letter, index) => letter !== other[index]);
  return end === -1 ? one.length : end;
}
