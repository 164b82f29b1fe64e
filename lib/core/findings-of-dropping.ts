import type { ProtectionId } from './protection';

/**
 * What the rule packs say when a protection is dropped: the adapter between our protections and rules we did not write.
 * A waiver acknowledges exactly these. Names as `rulesNamed` takes them; an empty list means that no shipped pack sees
 * the difference. Proven in test/nag/waivers.test.ts, which drops each protection and compares the findings.
 */
const FINDINGS_OF_DROPPING: Readonly<Record<ProtectionId, readonly string[]>> = {
  'log-store.lock': [],
};

/** The rules that object when `protection` is dropped. */
export function findingsOfDropping(protection: ProtectionId): readonly string[] {
  return FINDINGS_OF_DROPPING[protection];
}
