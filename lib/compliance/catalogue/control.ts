import { type ProtectionId } from '../../core/protection';
import { type Severity } from '../rule';

/** A practice of the ten that this library promises, by its number in README. */
export type Practice = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Something that holds, who asks for it, and how it is checked. */
export interface Control {
  /** `EDGE-2`: never changes, and is never given to another control. */
  readonly id: string;
  readonly practice: Practice;
  /** What holds, in words of a shopkeeper. */
  readonly statement: string;
  /** Requirements of PCI DSS 4.0.1 of which it answers an aspect; none of them is met by it alone. */
  readonly pci: readonly string[];
  /** Controls of NIST 800-53 R5. */
  readonly nist: readonly string[];
  /** Recommendations of CIS AWS Foundations 3.0.0. */
  readonly cis: readonly string[];
  readonly severity: Severity;
  readonly check: Check;
  /** The protections of ours that it is about: a waiver of one shows here. */
  readonly protections?: readonly ProtectionId[];
  /** What to do where it does not hold, in one line. */
  readonly remedy: string;
}

/** How somebody knows that a control holds. */
export type Check = ByRules | ByAttestation | ByNothing;

/** Rules read it off the templates. */
export interface ByRules {
  readonly kind: 'rules';
  readonly rules: readonly string[];
}

/** A person says so, regularly. No rule ever passes it. */
export interface ByAttestation {
  readonly kind: 'attestation';
  /** Who says so: a role, as the incident plan and the contacts name it. */
  readonly who: string;
  /** How often: an ISO 8601 duration. */
  readonly every: string;
}

/** Nothing checks it. */
export interface ByNothing {
  readonly kind: 'nothing';
  /** Why nothing can, and what to look at instead. */
  readonly why: string;
}

/** Checked by rules, each of which has to be silent. */
export function byRules(...rules: readonly string[]): ByRules {
  return { kind: 'rules', rules };
}

/** Attested by `who`, at least every so often. */
export function byAttestation(who: string, every: string): ByAttestation {
  return { kind: 'attestation', who, every };
}

/** Checked by nothing, because of `why`. */
export function byNothing(why: string): ByNothing {
  return { kind: 'nothing', why };
}
