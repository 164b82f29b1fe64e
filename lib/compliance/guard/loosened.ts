import type { Change } from './guard-finding';
import { equalValues } from './replacements';
import type { LockedResource } from './stateful-lock';
import { decidingProperties } from './stateful-types';

/** Policies from the weakest on: what they leave of a resource. */
const STRENGTH: Readonly<Record<string, number | undefined>> = {
  Delete: 0,
  Snapshot: 1,
  RetainExceptOnCreate: 2,
  Retain: 2,
};

/** What keeps a resource from being deleted, and would not any more. */
export function loosened(was: LockedResource, now: LockedResource): Change[] {
  const policies = [
    ['DeletionPolicy', was.deletionPolicy, now.deletionPolicy, 'when it leaves the template or its stack is deleted'],
    ['UpdateReplacePolicy', was.updateReplacePolicy, now.updateReplacePolicy, 'when a change replaces it'],
  ] as const;
  const unretained = policies
    .filter(([, before, after]) => (STRENGTH[after] ?? 0) < (STRENGTH[before] ?? 0))
    .map(([property, before, after, when]) => ({
      kind: 'unretained' as const,
      property,
      was: before,
      is: after,
      consequence: `CloudFormation ${after === 'Snapshot' ? 'deletes it after a last snapshot' : 'deletes it'} ${when}.`,
    }));
  const protections = (decidingProperties(was.type) ?? [])
    .filter(({ path, effect }) => effect === 'protects' && protects(was.properties[path]))
    .filter(({ path }) => !equalValues(was.properties[path], now.properties[path]))
    .map(({ path }) => ({
      kind: 'unprotected' as const,
      property: path,
      was: was.properties[path],
      is: now.properties[path],
      consequence: 'One call would delete it.',
    }));
  const conditional = equalValues(was.condition, now.condition)
    ? []
    : [
        {
          kind: 'removed' as const,
          property: 'Condition',
          was: was.condition,
          is: now.condition,
          consequence:
            'Whether it is there depends on another condition, which nobody can judge before the deployment.',
        },
      ];
  return [...unretained, ...protections, ...conditional];
}

/** How a protection is written that is off. */
const OFF = [false, 'INACTIVE'];

function protects(value: unknown): boolean {
  return value !== undefined && !OFF.some((off) => equalValues(value, off));
}
