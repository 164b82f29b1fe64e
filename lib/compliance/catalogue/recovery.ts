import { backupPlanCopiesOffsite } from '../rules/backup-plan-copies-offsite';
import { backupPlanRestoreTested } from '../rules/backup-plan-restore-tested';
import { backupRetention } from '../rules/backup-retention';
import { backupVaultLocked } from '../rules/backup-vault-locked';
import { bucketVersioned } from '../rules/bucket-versioned';
import { dataInBackupPlan } from '../rules/data-in-backup-plan';
import { databaseBackupRetention } from '../rules/database-backup-retention';
import { attested, checkedBy, type Control } from './control';

/** Practice 5: backups, as 3-2-1-1-0 counts them, digit by digit. */
export const recovery: readonly Control[] = [
  checkedBy(
    {
      id: 'RECOVERY-1',
      practice: 5,
      statement: 'Three copies: the data, what a backup plan keeps of it, and a copy of that.',
      pci: ['12.10.1'],
      nist: ['CP-9', 'SI-12'],
      protections: ['database.backup', 'object-store.backup', 'shared-files.backup'],
    },
    dataInBackupPlan,
    backupPlanCopiesOffsite,
  ),
  checkedBy(
    {
      id: 'RECOVERY-2',
      practice: 5,
      statement: 'Two kinds of storage: what the service itself can take back, and a vault of AWS Backup.',
      pci: ['12.10.1'],
      nist: ['CP-9', 'CP-10'],
    },
    databaseBackupRetention,
    bucketVersioned,
    dataInBackupPlan,
  ),
  checkedBy(
    {
      id: 'RECOVERY-3',
      practice: 5,
      statement: 'One copy off site: in another Region or account, or in an air-gapped vault.',
      pci: ['12.10.1', '9.4.1.1'],
      nist: ['CP-6', 'CP-6(1)', 'CP-9(5)'],
      protections: ['backup-schedule.offsite-copy'],
    },
    backupPlanCopiesOffsite,
  ),
  checkedBy(
    {
      id: 'RECOVERY-4',
      practice: 5,
      statement: 'One copy locked: nobody deletes it before its time.',
      pci: ['12.10.1', '10.3.2'],
      nist: ['CP-9', 'CP-9(8)'],
      protections: ['offsite-vault.compliance-lock'],
    },
    backupVaultLocked,
  ),
  // Zero errors. It was there before the others, and an id never changes.
  attested(
    {
      id: 'STORAGE-8',
      practice: 5,
      statement: 'A backup is restored, and what comes out is looked at.',
      pci: ['12.10.2', '9.4.1.2'],
      nist: ['CP-4', 'CP-9(1)'],
    },
    {
      who: 'platform engineer',
      every: 'P3M',
      severity: 'high',
      remedy: 'Restore the database beside the old one, and compare orders.',
    },
  ),
  checkedBy(
    {
      id: 'RECOVERY-5',
      practice: 5,
      statement: 'Backups are kept long enough to notice a loss, and none for ever.',
      pci: ['3.2.1', '12.10.1'],
      nist: ['SI-12', 'CP-9'],
    },
    backupRetention,
  ),
  checkedBy(
    {
      id: 'RECOVERY-6',
      practice: 5,
      statement:
        'Zero errors: AWS restores a backup of each database and bucket on a schedule, and a machine says whether it is right.',
      pci: ['12.10.2', '9.4.1.2'],
      nist: ['CP-4', 'CP-9(1)'],
      protections: ['backup-schedule.restore-test'],
    },
    backupPlanRestoreTested,
  ),
];
