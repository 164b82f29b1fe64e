import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { refuseAfter } from './expiry';
import { findingsOfDropping } from './findings-of-dropping';
import { PROTECTIONS, type ProtectionId } from './protection';
import type { Waiver } from './waiver';
import { WAIVER_METADATA } from './waiver-metadata';

/**
 * Whether `construct` keeps `protection`. It does, unless there is a waiver; then the waiver is written down on the
 * construct: metadata for the evidence, a warning for whoever synthesises, and an acknowledgement of exactly the
 * findings that dropping the protection causes.
 *
 *     if (keeps(this, 'network.flow-logs', props.withoutFlowLogs)) { ... }
 *
 * @param causes whether dropping it causes the finding of a rule here, once the tree is complete: always, unless given
 */
export function keeps(
  construct: Construct,
  protection: ProtectionId,
  waiver: Waiver | undefined,
  causes?: (rule: string) => boolean,
): boolean {
  if (waiver === undefined) {
    return true;
  }
  const { reason, owner, until, reference } = waiver;
  construct.node.addMetadata(WAIVER_METADATA, { protection, reason, owner, until, reference }, { stackTrace: true });
  Validations.of(construct).addWarning(
    `cdk-commerce-baseline:Waiver.${protection}`,
    `Waived: ${PROTECTIONS[protection]} ${describe(waiver)}`,
  );
  for (const rule of findingsOfDropping(protection)) {
    acknowledge(construct, { rules: [rule], because: `Waived: ${reason}`, unless: causes && (() => !causes(rule)) });
  }
  refuseWhenExpired(construct, protection, waiver);
  return false;
}

function describe({ reason, owner, until, reference }: Waiver): string {
  const facts = [`owner ${owner}`, until && `until ${until}`, reference].filter(Boolean).join(', ');
  return `Reason: ${reason} (${facts})`;
}

function refuseWhenExpired(construct: Construct, protection: ProtectionId, waiver: Waiver): void {
  const { until, owner } = waiver;
  if (until === undefined) {
    return;
  }
  refuseAfter(construct, {
    until,
    expired: `The waiver of '${protection}' ended on ${until}; its owner is ${owner}.`,
    remedy: 'Renew or remove it',
    code: 'WaiverExpired',
    warning: `Waiver.expired.${protection}`,
    what: protection,
    owner,
  });
}
