import { type ResourceRule } from '../rule';
import { isOwnKey, property } from './support/property';

export const topicEncrypted: ResourceRule = {
  name: 'topic-encrypted',
  severity: 'medium',
  statement: 'Messages to people and machines are encrypted with a key of your own.',
  fix: 'Set masterKey.',
  appliesTo: ['AWS::SNS::Topic'],
  judge: property(['KmsMasterKeyId'], isOwnKey, 'it is encrypted with a key of AWS, or not at all'),
};
