import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { today } from './clock';
import { EMERGENCY_METADATA } from './waiver-metadata';

/** Context key that lets an app synthesise in spite of something expired: `-c emergency='<reason>'`. */
export const EMERGENCY_CONTEXT = 'emergency';

/** Something that holds until a day. */
export interface Expiry {
  /** Its last day, `YYYY-MM-DD`. */
  readonly until: string;
  /** What is so after that day. One sentence. */
  readonly expired: string;
  /** What to do about it. One imperative clause, without a full stop. */
  readonly remedy: string;
  /** Code of the refusal: `WaiverExpired`. */
  readonly code: string;
  /** Id of the warning in an emergency, which never changes: `Waiver.expired.<protection>`. */
  readonly warning: string;
  /** What it is: the id of a protection, a version. */
  readonly what: string;
  /** Who answers for it, if somebody does. */
  readonly owner?: string;
}

/**
 * Stops the synthesis the day after, with one line that says how to go on. With a reason for an emergency in the context
 * it goes on: a date must never stop a rescue. Then it warns, and stays in the assembly.
 */
export function refuseAfter(construct: Construct, expiry: Expiry): void {
  const { until, expired, remedy, code, warning, what, owner } = expiry;
  if (until >= today(construct)) {
    return;
  }
  const emergency: unknown = construct.node.tryGetContext(EMERGENCY_CONTEXT);
  if (typeof emergency === 'string' && emergency.trim() !== '') {
    construct.node.addMetadata(EMERGENCY_METADATA, { what, until, owner, emergency });
    Validations.of(construct).addWarning(
      `cdk-commerce-baseline:${warning}`,
      `${expired} Going on because of an emergency: ${emergency}. ${remedy}.`,
    );
    return;
  }
  construct.node.addValidation({
    validate: () => [
      `${expired} ${remedy}; to go on now in an emergency, add -c ${EMERGENCY_CONTEXT}='<reason>'. [${code}]`,
    ],
  });
}
