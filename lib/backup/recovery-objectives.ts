import type { Duration } from 'aws-cdk-lib';

/** What a merchant promises of a recovery, and what each restore test is measured by. */
export interface RecoveryObjectives {
  /** Recovery point objective (RPO, NIST SP 800-34): how much may be lost. Measured by the newest heartbeat in a copy. */
  readonly point: Duration;

  /** Recovery time objective (RTO): how long a restore may take, from its start to a copy that was found right. */
  readonly time: Duration;
}
