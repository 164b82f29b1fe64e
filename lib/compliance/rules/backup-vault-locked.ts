import { type ResourceRule } from '../rule';
import { compliant, unless } from '../verdict';

export const backupVaultLocked: ResourceRule = {
  name: 'backup-vault-locked',
  severity: 'high',
  statement: 'Nobody deletes a backup before its time.',
  fix: 'Give the vault a LockConfiguration, or make it logically air-gapped.',
  appliesTo: ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'],
  judge: (vault) => {
    if (vault.type === 'AWS::Backup::LogicallyAirGappedBackupVault') {
      return compliant();
    }
    const shortest = vault.at('LockConfiguration', 'MinRetentionDays');
    return unless((shortest.number ?? 0) > 0, 'it has no lock that keeps a backup for any time', shortest);
  },
};
