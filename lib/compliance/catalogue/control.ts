import { type ProtectionId } from '../../core/protection';
import { type Rule, type Severity } from '../rule';

/** A practice of the ten that this library promises, by its number in README. */
export type Practice = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** What every control says, however it is checked. */
export interface Statement {
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
  readonly cis?: readonly string[];
  /** The protections of ours that it is about: a waiver of one shows here. */
  readonly protections?: readonly ProtectionId[];
}

/** Something that holds, who asks for it, and how it is checked. */
export interface Control extends Statement {
  readonly cis: readonly string[];
  readonly protections: readonly ProtectionId[];
  readonly severity: Severity;
  readonly check: Check;
  /** What to do where it does not hold, in one line. */
  readonly remedy: string;
}

/** How somebody knows that a control holds. */
export type Check = ByRules | ByAttestation | ByNothing;

/** Rules read it off the templates; each of them has to be silent. */
export interface ByRules {
  readonly kind: 'rules';
  readonly rules: readonly string[];
}

/** A person says so, regularly. No rule ever passes it. */
export interface ByAttestation {
  readonly kind: 'attestation';
  /** Who says so: a role. */
  readonly who: string;
  /** How often at least, as an ISO 8601 duration. */
  readonly every: string;
}

/** Nothing checks it. */
export interface ByNothing {
  readonly kind: 'nothing';
  /** Why no rule can, and what to look at instead. */
  readonly why: string;
}

/** A person who says so, how often, and what to do where nobody does. */
export type Attestation = Omit<ByAttestation, 'kind'> & Pick<Control, 'severity' | 'remedy'>;

const BY_WEIGHT: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** A control that `rules` check. It weighs what the heaviest of them weighs, and their fixes are its remedy. */
export function checkedBy(statement: Statement, ...rules: readonly Rule[]): Control {
  const severity = BY_WEIGHT.find((weight) => rules.some((rule) => rule.severity === weight)) ?? 'low';
  const check: Check = { kind: 'rules', rules: rules.map(({ name }) => name) };
  return { cis: [], protections: [], ...statement, severity, check, remedy: rules.map(({ fix }) => fix).join(' ') };
}

/** A control that a person attests. */
export function attested(statement: Statement, { who, every, severity, remedy }: Attestation): Control {
  return { cis: [], protections: [], ...statement, severity, check: { kind: 'attestation', who, every }, remedy };
}

/** A control that the constructs hold and that no template of another app would show. */
export function unchecked(
  statement: Statement,
  check: Omit<ByNothing, 'kind'> & Pick<Control, 'severity' | 'remedy'>,
): Control {
  const { why, severity, remedy } = check;
  return { cis: [], protections: [], ...statement, severity, check: { kind: 'nothing', why }, remedy };
}
