import type { Requirement } from './requirement';
import { REQUIREMENT_1 } from './requirement-1';
import { REQUIREMENT_10 } from './requirement-10';
import { REQUIREMENT_11 } from './requirement-11';
import { REQUIREMENT_12 } from './requirement-12';
import { REQUIREMENT_2 } from './requirement-2';
import { REQUIREMENT_3 } from './requirement-3';
import { REQUIREMENT_4 } from './requirement-4';
import { REQUIREMENT_5 } from './requirement-5';
import { REQUIREMENT_6 } from './requirement-6';
import { REQUIREMENT_7 } from './requirement-7';
import { REQUIREMENT_8 } from './requirement-8';
import { REQUIREMENT_9 } from './requirement-9';

/** A principal requirement, with our words for its subject. */
export interface PrincipalRequirement {
  readonly number: number;
  readonly subject: string;
  readonly requirements: readonly Requirement[];
}

/** Every numbered requirement of the defined approach of PCI DSS 4.0.1 (June 2024), without the appendices. */
export const PRINCIPAL_REQUIREMENTS: readonly PrincipalRequirement[] = [
  { number: 1, subject: 'Network security controls', requirements: REQUIREMENT_1 },
  { number: 2, subject: 'Secure configurations', requirements: REQUIREMENT_2 },
  { number: 3, subject: 'Stored account data', requirements: REQUIREMENT_3 },
  { number: 4, subject: 'Transmission over open networks', requirements: REQUIREMENT_4 },
  { number: 5, subject: 'Malicious software', requirements: REQUIREMENT_5 },
  { number: 6, subject: 'Secure systems and software', requirements: REQUIREMENT_6 },
  { number: 7, subject: 'Access by need to know', requirements: REQUIREMENT_7 },
  { number: 8, subject: 'Identities and authentication', requirements: REQUIREMENT_8 },
  { number: 9, subject: 'Physical access', requirements: REQUIREMENT_9 },
  { number: 10, subject: 'Logging and monitoring', requirements: REQUIREMENT_10 },
  { number: 11, subject: 'Tests of security', requirements: REQUIREMENT_11 },
  { number: 12, subject: 'Policies and programs', requirements: REQUIREMENT_12 },
];

/** All of them, in the order of the standard. */
export const REQUIREMENTS: readonly Requirement[] = PRINCIPAL_REQUIREMENTS.flatMap(({ requirements }) => requirements);

/** Numbers of the requirements of which the rule `name` looks at an aspect, in the order of the standard. */
export function requirementsOf(name: string): string[] {
  return REQUIREMENTS.filter(({ check }) => check.rules.includes(name)).map(({ number }) => number);
}
