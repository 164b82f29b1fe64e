import type { Finding, StackSummary, StaleAcknowledgement } from '../assembly-review';
import type { Emergency, WaivedProtection } from '../assembly/statements';

/** What `format` says in every report: by it a report is known. */
export const REPORT_FORMAT = 'cdk-commerce-baseline:check';

/** Version of the report. It grows when a field goes away or means something else; a new field leaves it as it is. */
export const REPORT_VERSION = 1;

/** A line of the app's source. */
export interface SourceLine {
  /** Path of the file from the root of the repository, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A finding, with all that helps to find it again. */
export interface CheckedFinding extends Omit<Finding, 'traces'> {
  /** The same for the same finding in every run: rule, construct and property, not the words and not the line. */
  readonly fingerprint: string;
  /** Number of the practice of the ten, where the catalogue knows the rule. */
  readonly practice?: number;
  /** Where the construct was created, where the app recorded it. */
  readonly source?: SourceLine;
  /** Whether the base does not have it; left out without a base. */
  readonly isNew?: boolean;
}

/** A finding that somebody explained. */
export interface CheckedAcknowledgement extends CheckedFinding {
  /** The id of the acknowledgement. */
  readonly id: string;
  readonly reason: string;
  /** The construct on which it was acknowledged: the finding's own or one around it. */
  readonly acknowledgedAt: string;
}

/** A waiver, on the day of the check. */
export interface CheckedWaiver extends WaivedProtection {
  readonly state: 'holds' | 'ends soon' | 'expired';
  /** Days that are left after today, negative once it has expired; left out where it does not end. */
  readonly daysLeft?: number;
}

/** What a rule pack found. */
export interface PackSummary {
  readonly pack: string;
  readonly findings: number;
  readonly acknowledged: number;
  readonly stale: number;
}

/** What `commerce-baseline check` found in an assembly. */
export interface CheckReport {
  readonly format: typeof REPORT_FORMAT;
  readonly version: typeof REPORT_VERSION;
  /** The day of the check, UTC. */
  readonly on: string;
  readonly stacks: readonly StackSummary[];
  readonly packs: readonly PackSummary[];
  readonly findings: readonly CheckedFinding[];
  /** Fingerprints of what the base has and this does not; left out without a base. */
  readonly gone?: readonly string[];
  readonly acknowledged: readonly CheckedAcknowledgement[];
  readonly stale: readonly StaleAcknowledgement[];
  readonly waivers: readonly CheckedWaiver[];
  readonly emergencies: readonly Emergency[];
  /** Why the check is not clean, a sentence each; empty where it is. */
  readonly verdict: readonly string[];
}
