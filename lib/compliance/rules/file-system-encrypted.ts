import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const fileSystemEncrypted: ResourceRule = {
  name: 'file-system-encrypted',
  severity: 'high',
  statement: 'Shared files are encrypted with a key of your own.',
  fix: 'Encrypt the file system with a customer-managed key.',
  appliesTo: ['AWS::EFS::FileSystem'],
  judge: (files) =>
    together(
      () => unless(files.at('Encrypted').isTrue, 'it is not encrypted', files.at('Encrypted')),
      () => unless(files.at('KmsKeyId').isPresent, 'it is encrypted with the key of AWS', files.at('KmsKeyId')),
    ),
};
