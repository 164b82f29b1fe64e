import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const logGroupEncrypted: ResourceRule = {
  name: 'log-group-encrypted',
  severity: 'medium',
  statement: 'Logs are encrypted with a key of your own.',
  fix: 'Set encryptionKey.',
  appliesTo: ['AWS::Logs::LogGroup'],
  judge: (group) => unless(group.at('KmsKeyId').isPresent, 'it is encrypted with the key of AWS', group.at('KmsKeyId')),
};
