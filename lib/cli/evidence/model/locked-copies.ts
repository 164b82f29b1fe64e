import { isLocked } from '../../../compliance/rules/support/backup-vault';
import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import { digitOf, type Digit, type Standing } from './digit';
import type { KeptCopy } from './kept-copies';
import { told } from './told';

/** Whether a copy is kept from being altered: `yes` is by nobody at all. */
type Lock = readonly [holds: Standing, says: string];

/** The digit of what cannot be altered: locks of vaults, and Object Lock of a bucket itself. */
export function lockedDigit(resource: GraphResource, kept: readonly KeptCopy[], doubts: ReadonlySet<string>): Digit {
  const own = resource.type === 'AWS::S3::Bucket' ? [named('the original', () => objectLock(resource))] : [];
  const locks = [...own, ...kept.map((copy) => named(copy.name, () => vaultLock(copy)))];
  const says = [...new Set(locks.map((lock) => lock.says))].map((each) => {
    const names = locks.filter((lock) => lock.says === each).map(({ name }) => name);
    return `${names.join(', ')}: ${each}`;
  });
  return digitOf(
    locks.map(({ holds }) => holds),
    says,
    doubts,
  );
}

function named(name: string, read: () => Lock): { name: string; holds: Standing; says: string } {
  const why = new Set<string>();
  const [holds, says] = told(read, why) ?? ['cannot tell', [...why].join()];
  return { name, holds, says };
}

function vaultLock({ resource, isAirGapped }: KeptCopy): Lock {
  if (isAirGapped) {
    return ['yes', 'compliance, as every air-gapped vault; nobody lifts it'];
  }
  if (resource === undefined) {
    return ['cannot tell', 'no stack of this app makes it, so its lock is not known'];
  }
  if (!isLocked(resource)) {
    return ['no', 'no lock'];
  }
  const lock = resource.at('LockConfiguration');
  const days = lock.at('MinRetentionDays').number;
  const grace = lock.at('ChangeableForDays');
  return grace.isPresent
    ? ['yes', `compliance, ${days} days at least; nobody lifts it after ${grace.number} days`]
    : ['in part', `governance, ${days} days at least; liftable by backup:DeleteBackupVaultLockConfiguration`];
}

/** What keeps the objects of a bucket itself. */
function objectLock(bucket: GraphResource): Lock {
  const retention = bucket.at('ObjectLockConfiguration', 'Rule', 'DefaultRetention');
  if (!retention.isPresent) {
    return ['no', 'no lock'];
  }
  const [days, years] = [retention.at('Days').number, retention.at('Years').number];
  const term = days === undefined ? `${years} years` : `${days} days`;
  return retention.at('Mode').is('COMPLIANCE')
    ? ['yes', `Object Lock, compliance, ${term}; nobody lifts it`]
    : ['in part', `Object Lock, governance, ${term}; liftable by s3:BypassGovernanceRetention`];
}
