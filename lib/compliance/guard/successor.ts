import type { AssemblyRecord } from './record';
import type { LockedResource, StatefulLock } from './stateful-lock';
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
      .filter(([id, resource]) => resource.type === type && lock.stacks[stack]?.resources[id] === undefined)
      .map(([id, resource]) => ({ stack, id, near: likeness(path, resource.path) + (stack === key ? 1 : 0) })),
  );
  const [nearest] = added.sort((a, b) => b.near - a.near);
  if (nearest === undefined) {
    return undefined;
  }
  const where = nearest.stack === key ? 'under the logical id' : `in ${nameOf(nearest.stack)}, as`;
  return `${nearest.id === logicalId && nearest.stack !== key ? 'It' : 'Another one'} would be made anew ${where} ${nearest.id}: CloudFormation neither renames nor moves.`;
}

/** How many of their last path elements two constructs share. */
function likeness(one = '', other = ''): number {
  const [a, b] = [one.split('/').reverse(), other.split('/').reverse()];
  const end = a.findIndex((element, index) => element !== b[index]);
  return end === -1 ? a.length : end;
}
