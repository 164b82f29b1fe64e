import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { today } from './clock';
import { findingsOfDropping } from './findings-of-dropping';
import { PROTECTIONS, type ProtectionId } from './protection';
import type { Waiver } from './waiver';
import { EMERGENCY_METADATA, WAIVER_METADATA } from './waiver-metadata';

/** Context key that lets an app synthesise in spite of something expired: `-c emergency='<reason>'`. */
export const EMERGENCY_CONTEXT = 'emergency';

/**
 * Whether `construct` keeps `protection`. It does, unless there is a waiver; then the waiver is written down on the
 * construct: metadata for the evidence, a warning for whoever synthesises, and an acknowledgement of exactly the
 * findings that dropping the protection causes.
 *
 *     if (keeps(this, 'network.flow-logs', props.withoutFlowLogs)) { ... }
 */
export function keeps(construct: Construct, protection: ProtectionId, waiver: Waiver | undefined): boolean {
  if (waiver === undefined) {
    return true;
  }
  const { reason, owner, until, reference } = waiver;
  construct.node.addMetadata(WAIVER_METADATA, { protection, reason, owner, until, reference }, { stackTrace: true });
  Validations.of(construct).addWarning(
    `cdk-commerce-baseline:Waiver.${protection}`,
    `Waived: ${PROTECTIONS[protection]} ${describe(waiver)}`,
  );
  acknowledge(construct, { rules: findingsOfDropping(protection), because: `Waived: ${reason}` });
  refuseWhenExpired(construct, protection, waiver);
  return false;
}

function describe({ reason, owner, until, reference }: Waiver): string {
  const facts = [`owner ${owner}`, until && `until ${until}`, reference].filter(Boolean).join(', ');
  return `Reason: ${reason} (${facts})`;
}

function refuseWhenExpired(construct: Construct, protection: ProtectionId, waiver: Waiver): void {
  if (waiver.until === undefined || waiver.until >= today(construct)) {
    return;
  }
  const expired = `The waiver of '${protection}' ended on ${waiver.until}; its owner is ${waiver.owner}.`;
  const emergency: unknown = construct.node.tryGetContext(EMERGENCY_CONTEXT);
  if (typeof emergency === 'string' && emergency.trim() !== '') {
    construct.node.addMetadata(EMERGENCY_METADATA, { protection, until: waiver.until, owner: waiver.owner, emergency });
    Validations.of(construct).addWarning(
      `cdk-commerce-baseline:Waiver.expired.${protection}`,
      `${expired} Going on because of an emergency: ${emergency}. Tell ${waiver.owner}, and renew or remove the waiver.`,
    );
    return;
  }
  construct.node.addValidation({
    validate: () => [
      `${expired} Renew or remove it; to go on now in an emergency, add -c ${EMERGENCY_CONTEXT}='<reason>'. [WaiverExpired]`,
    ],
  });
}
