import { type ResourceRule } from '../rule';
import { unless } from '../verdict';
import { isLocked, VAULTS } from './support/backup-vault';

export const backupVaultLocked: ResourceRule = {
  name: 'backup-vault-locked',
  severity: 'high',
  statement: 'Nobody deletes a backup before its time.',
  fix: 'Give the vault a LockConfiguration, or make it logically air-gapped.',
  appliesTo: VAULTS,
  judge: (vault) =>
    unless(
      isLocked(vault),
      'it has no lock that keeps a backup for any time',
      vault.at('LockConfiguration', 'MinRetentionDays'),
    ),
};
