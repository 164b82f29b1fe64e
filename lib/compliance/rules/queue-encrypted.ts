import { type ResourceRule } from '../rule';
import { isOwnKey, property } from './support/property';

export const queueEncrypted: ResourceRule = {
  name: 'queue-encrypted',
  severity: 'medium',
  statement: 'Messages in a queue are encrypted with a key of your own.',
  fix: 'Set kmsMasterKeyId.',
  appliesTo: ['AWS::SQS::Queue'],
  judge: property(['KmsMasterKeyId'], isOwnKey, 'it is encrypted with a key of AWS'),
};
