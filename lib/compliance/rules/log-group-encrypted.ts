import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const logGroupEncrypted: ResourceRule = {
  name: 'log-group-encrypted',
  severity: 'medium',
  statement: 'Logs are encrypted with a key of your own.',
  fix: 'Set encryptionKey.',
  appliesTo: ['AWS::Logs::LogGroup'],
  judge: property(['KmsKeyId'], isPresent, 'it is encrypted with the key of AWS'),
};
