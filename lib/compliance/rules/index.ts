import { type Rule } from '../rule';
import { bucketTlsOnly } from './bucket-tls-only';
import { distributionMinimumTls } from './distribution-minimum-tls';
import { stackTerminationProtection } from './stack-termination-protection';
import { templateReadable } from './template-readable';

/** Every rule of the control catalogue. */
export const RULES: readonly Rule[] = [
  bucketTlsOnly,
  distributionMinimumTls,
  stackTerminationProtection,
  templateReadable,
];
