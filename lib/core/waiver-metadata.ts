/** Metadata under which a waiver stands in the assembly: protection, reason, owner, until, reference. */
export const WAIVER_METADATA = 'cdk-commerce-baseline:waiver';

/** Metadata under which something expired stands that was overridden in an emergency: what it was, its last day, the reason. */
export const EMERGENCY_METADATA = 'cdk-commerce-baseline:emergency';
