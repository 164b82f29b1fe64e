import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

/** The longest that KMS waits, and what it waits when nobody says: days. */
const MONTH = 30;

export const keyDeletionWindow: ResourceRule = {
  name: 'key-deletion-window',
  severity: 'medium',
  statement: 'A key that somebody deletes can be saved for a month.',
  fix: 'Leave pendingWindow out, or set it to 30 days.',
  appliesTo: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge: (key) => {
    const days = key.at('PendingWindowInDays');
    return unless((days.number ?? MONTH) >= MONTH, `it is gone after ${days.describe()} days`, days);
  },
};
