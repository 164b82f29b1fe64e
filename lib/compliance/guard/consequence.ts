import type { Change } from './guard-finding';
import type { Replacement } from './replacements';
import type { LockedResource } from './stateful-lock';

/** What a change of a property does that makes CloudFormation replace the resource. */
export function replacedBy(change: Replacement, now: LockedResource): Change {
  const { certain, ...what } = change;
  const type = shortType(now.type);
  const kept = RETAINED[now.updateReplacePolicy] ?? 'deletes the old one';
  const whether = certain ? 'makes' : 'may make, depending on the values,';
  const filled = RESTORES.test(what.property) && what.is === undefined ? 'an empty one' : 'empty unless it is restored';
  return {
    ...what,
    kind: certain ? 'replaced' : 'may-be-replaced',
    consequence: `CloudFormation ${whether} another ${type}, ${filled}, and ${kept} (UpdateReplacePolicy ${now.updateReplacePolicy}).`,
  };
}

/** Properties that say from what a database is made. Without them it is made empty. */
const RESTORES = /Snapshot|^Source|^Restore/;

const RETAINED: Readonly<Record<string, string | undefined>> = {
  Retain: 'leaves the old one behind, outside the stack',
  RetainExceptOnCreate: 'leaves the old one behind, outside the stack',
  Snapshot: 'deletes the old one after a last snapshot',
};

/** What becomes of a resource that is not in its template any more. */
export function afterRemoval(
  { type, deletionPolicy }: LockedResource,
  isStackThere: boolean,
  successor?: string,
): string {
  const becomes = successor === undefined ? '' : ` ${successor}`;
  if (!isStackThere) {
    return `Its stack has left the app. CDK deletes no stack by itself: the ${shortType(type)} stays where it is, and nothing of this app looks after it.${becomes}`;
  }
  const kept = RETAINED[deletionPolicy] ?? 'deletes it';
  return `CloudFormation ${kept.replace('the old one', 'it')} (DeletionPolicy ${deletionPolicy}).${becomes}`;
}

/** `DBCluster` of `AWS::RDS::DBCluster`. */
function shortType(type: string): string {
  return type.split('::').at(-1) ?? type;
}
