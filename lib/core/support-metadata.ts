/** Metadata under which the end of support of something stands in the assembly: what, until, source, read. */
export const SUPPORT_METADATA = 'cdk-commerce-baseline:support-end';
