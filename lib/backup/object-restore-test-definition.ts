import { announcing, checkStates, jobStates, verdictStates, type JudgingOptions } from './restore-job-steps';
import { call, type States } from './restore-steps';

/** What the state machine calls, and the vault that a backup came from. */
export interface ObjectRestoreTestDefinitionOptions extends JudgingOptions {
  /** ARN of the function that compares buckets. */
  readonly check: string;
  /** Name of the vault. */
  readonly vault: string;
}

/** AWS Backup deletes what it restored whatever is found: nothing is to be taken away before. */
const JUDGED = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Judge' }];

/** Compares a restored bucket with the one that was backed up, and tells AWS Backup, which then deletes it. */
export function objectRestoreTestDefinition(options: ObjectRestoreTestDefinitionOptions): object {
  return {
    Comment: 'Says whether a bucket that was restored from a backup is right',
    QueryLanguage: 'JSONPath',
    StartAt: 'Begin',
    TimeoutSeconds: 6 * 60 * 60,
    States: {
      Begin: {
        Type: 'Pass',
        Parameters: { 'restoreJobId.$': '$.restoreJobId', turn: { number: 0 } },
        Next: 'ReadJob',
      },
      ...jobStates('Announce'),
      Announce: announcing('ReadRecoveryPoint', JUDGED),
      ...comparisonStates(options),
      ...verdictStates({ verb: 'judgeObjects' }, options),
    },
  };
}

function comparisonStates({ check, vault }: ObjectRestoreTestDefinitionOptions): States {
  return {
    // What was written while the backup was made may be in it: only the backup knows how long that took.
    ReadRecoveryPoint: {
      ...call('backup:describeRecoveryPoint', {
        BackupVaultName: vault,
        'RecoveryPointArn.$': '$.job.RecoveryPointArn',
      }),
      ResultSelector: { 'of.$': '$.ResourceArn', 'beganAt.$': '$.CreationDate', 'endedAt.$': '$.CompletionDate' },
      ResultPath: '$.backup',
      Catch: JUDGED,
      Next: 'Check',
    },
    ...checkStates(
      check,
      {
        'restoredBucket.$': '$.job.CreatedResourceArn',
        'sourceBucket.$': '$.backup.of',
        'recoveryPointAt.$': '$.backup.beganAt',
        'backupEndedAt.$': '$.backup.endedAt',
      },
      JUDGED,
      'Judge',
    ),
  };
}
