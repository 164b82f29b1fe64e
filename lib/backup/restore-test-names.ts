/** What AWS Backup names what it restores for a test: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html */
export const LEFTOVERS = 'awsbackup-restore-test';

/** Where the metrics of restore tests are, and what they are called. */
export const METRICS = {
  namespace: 'CommerceBaseline/Recovery',
  recoveryTime: 'RecoveryTimeSeconds',
  recoveryPoint: 'RecoveryPointSeconds',
  age: 'DaysSinceRestoreTest',
  leftovers: 'RestoreTestLeftovers',
} as const;
