import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const backupVaultEncrypted: ResourceRule = {
  name: 'backup-vault-encrypted',
  severity: 'high',
  statement: 'A backup vault, under a key of its own, is encrypted at rest.',
  fix: 'Name a key in EncryptionKeyArn.',
  appliesTo: ['AWS::Backup::BackupVault'],
  judge: (resource) => {
    const value = resource.at('EncryptionKeyArn');
    return unless(value.isPresent, 'it is encrypted with the key of AWS', value);
  },
};
