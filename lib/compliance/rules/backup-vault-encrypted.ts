import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const backupVaultEncrypted: ResourceRule = {
  name: 'backup-vault-encrypted',
  severity: 'high',
  statement: 'A backup vault, under a key of its own, is encrypted at rest.',
  fix: 'Name a key in EncryptionKeyArn.',
  appliesTo: ['AWS::Backup::BackupVault'],
  judge: property(['EncryptionKeyArn'], isPresent, 'it is encrypted with the key of AWS'),
};
