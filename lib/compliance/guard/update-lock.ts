import { compareWithLock, type GuardComparison } from './compare';
import { lineOf } from './guard-text';
import type { AssemblyRecord } from './record';
import type { LockedChange, StatefulLock } from './stateful-lock';

/** The lock of an app that has none yet. */
export const EMPTY_LOCK: StatefulLock = { stacks: {}, history: [] };

/** Who wanted a change, when, and why. */
export type Decision = Pick<LockedChange, 'date' | 'owner' | 'reason'>;

/**
 * `lock` as it is once `record` is what was wanted. What `comparison` objected to goes into its history, with the
 * decision; nothing goes there when nothing would be lost.
 */
export function updatedLock(
  lock: StatefulLock,
  record: AssemblyRecord,
  decision: Decision,
  comparison: GuardComparison = compareWithLock(lock, record),
): StatefulLock {
  const { findings, elsewhere } = comparison;
  const kept = Object.entries(lock.stacks).filter(([key]) => elsewhere.includes(key));
  const change = { ...decision, changes: findings.map(lineOf) };
  return {
    stacks: { ...Object.fromEntries(kept), ...record.stacks },
    history: findings.length === 0 ? lock.history : [...lock.history, change],
  };
}
