/** Metadata under which a waiver stands in the assembly: protection, reason, owner, until, reference. */
export const WAIVER_METADATA = 'cdk-commerce-baseline:waiver';

/** Metadata under which an expired waiver stands that was overridden in an emergency: waiver and reason. */
export const EMERGENCY_METADATA = 'cdk-commerce-baseline:emergency';
