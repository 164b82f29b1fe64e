import type { InstancePatchState } from '@aws-sdk/client-ssm';
import { knownAge } from './finding-ages';
import type { TaggedHost } from './tagged-hosts';

/** Days for which Systems Manager remembers what it had a host do. */
const REMEMBERED = 30;

/** What is known of a host that runs. */
export interface KnownHost extends TaggedHost {
  /** What Patch Manager saw last; undefined when it has seen nothing. */
  readonly state?: InstancePatchState;
  /** When patches were last installed and nothing failed; undefined when nobody remembers, or nobody asked. */
  readonly installed?: Date;
}

/** What a host is held against. */
export interface HostLimits {
  /** The baseline that says what is approved. */
  readonly baseline: string;
  /** Days that a scan is good for. */
  readonly scanDays: number;
  /** Days after which a window has passed. */
  readonly patchDays: number;
}

/** What is wrong with a host, as Patch Manager counts it: each patch by what became of it, and again by what is at stake. */
const COUNTS = [
  ['MissingCount', 'missing'],
  ['FailedCount', 'failed'],
  ['InstalledPendingRebootCount', 'waiting for a restart'],
  ['CriticalNonCompliantCount', 'critical'],
  ['SecurityNonCompliantCount', 'security'],
  ['OtherNonCompliantCount', 'other'],
] as const;

/** What a host lacks of what is approved, in words; empty when nothing. */
export function lacks(state: InstancePatchState | undefined): string[] {
  return COUNTS.flatMap(([count, name]) => {
    const number = state?.[count] ?? 0;
    return number > 0 ? [`${name} ${number}`] : [];
  });
}

/** Whole days for which nobody has looked at a host; undefined when nobody knows. */
export function unscannedDays({ created, state }: KnownHost, now: Date): number | undefined {
  return knownAge(state === undefined ? created : state.OperationEndTime, now);
}

/** Why a host may not go on as it is; empty when it may. What nobody knows counts as over. */
export function reasonsAgainst(host: KnownHost, limits: HostLimits, now: Date): string[] {
  const { state } = host;
  const unscanned = unscannedDays(host, now);
  if (state === undefined) {
    // A new host is scanned within its first day.
    return unscanned === 0 ? [] : ['Patch Manager has never seen it'];
  }
  const reasons: string[] = [];
  if (unscanned === undefined) {
    reasons.push('nobody knows when it was scanned');
  } else if (unscanned > limits.scanDays) {
    reasons.push(`last scanned ${unscanned} days ago, limit ${limits.scanDays}`);
  }
  // AWS names its own baselines by their ARN.
  if (state.BaselineId?.split('/').at(-1) !== limits.baseline) {
    reasons.push(`scanned with another baseline (${state.BaselineId ?? 'unknown'})`);
  }
  if (state.MissingCount === undefined || state.FailedCount === undefined) {
    return [...reasons, 'Patch Manager does not say what it lacks'];
  }
  const lacking = lacks(state);
  const why = lacking.length === 0 ? undefined : unpatched(host, limits, now);
  return why === undefined ? reasons : [...reasons, `lacks approved patches (${lacking.join(', ')}), ${why}`];
}

/** Why nobody need wait for the next window; undefined where that may still install what is lacking. */
function unpatched(host: KnownHost, { patchDays }: HostLimits, now: Date): string | undefined {
  const { created, installed, state } = host;
  const age = knownAge(installed ?? created, now);
  if (age !== undefined && age <= patchDays) {
    return (state?.FailedCount ?? 0) > 0 ? 'and some could not be installed' : undefined;
  }
  return installed === undefined || age === undefined
    ? `not patched in the last ${Math.min(age ?? REMEMBERED, REMEMBERED)} days`
    : `last patched ${age} days ago, limit ${patchDays}`;
}
