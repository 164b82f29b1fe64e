import type { AssemblyRecord } from './record';
import { afterRemoval, replacedBy } from './consequence';
import type { GuardFinding } from './guard-finding';
import { loosened } from './loosened';
import { equalValues, Replacements } from './replacements';
import type { LockedReference, LockedStack, StatefulLock } from './stateful-lock';
import { successorOf } from './successor';

/** How an assembly stands to the lock. */
export interface GuardComparison {
  readonly findings: readonly GuardFinding[];
  /** What the lock does not know yet, as `<stack> <logical id>`. Nothing would be lost. */
  readonly unrecorded: readonly string[];
  /** Stacks of the lock that this assembly has nothing to do with. */
  readonly elsewhere: readonly string[];
}

/**
 * Compares what an assembly holds with what was recorded.
 *
 * @param isWhole whether the assembly holds the whole app, so that what is not in it has left
 */
export function compareWithLock(lock: StatefulLock, record: AssemblyRecord, isWhole = false): GuardComparison {
  const entries = Object.entries(lock.stacks);
  const elsewhere = new Set(
    entries.filter(([key, stack]) => !isWhole && isElsewhere(key, stack, record)).map(([key]) => key),
  );
  const compared = entries.filter(([key]) => !elsewhere.has(key));
  const replacements = new Replacements(lock, record);
  const findings = compared.flatMap(([key, locked]) => findingsIn(key, locked, lock, record, replacements));
  const found = new Set(findings.map(({ stack, logicalId }) => `${stack} ${logicalId ?? ''}`));
  return {
    findings,
    unrecorded: unrecordedIn(lock, record).filter((name) => !found.has(name)),
    elsewhere: [...elsewhere],
  };
}

/**
 * Whether a stack that is not in the assembly belongs to something that was not synthesised this time: a store that
 * `-c store=` did not choose, an account for which nothing is there.
 */
function isElsewhere(key: string, { store }: LockedStack, { keys, stores }: AssemblyRecord): boolean {
  if (keys.has(key)) {
    return false;
  }
  const [account = ''] = key.split('/');
  return store === undefined ? ![...keys].some((other) => other.startsWith(`${account}/`)) : !stores.has(store);
}

function findingsIn(
  key: string,
  locked: LockedStack,
  lock: StatefulLock,
  record: AssemblyRecord,
  replacements: Replacements,
): GuardFinding[] {
  const place = { stack: key, path: locked.path };
  const isThere = record.keys.has(key);
  const unprotected = locked.terminationProtection && isThere && !record.protectedStacks.has(key);
  const own: GuardFinding[] = unprotected
    ? [
        {
          ...place,
          kind: 'unprotected',
          property: 'terminationProtection',
          was: true,
          is: false,
          consequence: 'One call would delete the stack.',
        },
      ]
    : [];
  const resources = Object.entries(locked.resources).flatMap(([logicalId, resource]) => {
    const about = { ...place, logicalId, type: resource.type, path: resource.path ?? locked.path };
    const now = record.find(key, logicalId);
    return now === undefined
      ? [
          {
            ...about,
            kind: 'removed' as const,
            consequence: afterRemoval(resource, isThere, successorOf(key, logicalId, resource, lock, record)),
          },
        ]
      : [
          ...replacements.of(key, logicalId).map((change) => ({ ...about, ...replacedBy(change, now) })),
          ...loosened(resource, now).map((change) => ({ ...about, ...change })),
        ];
  });
  return [...own, ...resources];
}

function unrecordedIn(lock: StatefulLock, { stacks }: AssemblyRecord): string[] {
  return Object.entries(stacks).flatMap(([key, now]) => {
    const was = lock.stacks[key] as LockedStack | undefined;
    const stack = was === undefined || was.terminationProtection === now.terminationProtection ? [] : [`${key} `];
    const others = (of: LockedStack | undefined): Readonly<Record<string, LockedReference>> => ({
      ...of?.referenced,
      ...of?.resources,
    });
    const known = new Map(Object.entries(others(was)));
    const resources = Object.entries(others(now)).filter(([id, resource]) => !isSame(known.get(id), resource));
    return [...stack, ...resources.map(([id]) => `${key} ${id}`)];
  });
}

/** Whether two records say the same; where the construct stands is not part of it. */
function isSame(one: LockedReference | undefined, other: LockedReference): boolean {
  return one !== undefined && equalValues({ ...one, path: undefined }, { ...other, path: undefined });
}
