import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const topicEncrypted: ResourceRule = {
  name: 'topic-encrypted',
  severity: 'medium',
  statement: 'Messages to people and machines are encrypted with a key of your own.',
  fix: 'Set masterKey.',
  appliesTo: ['AWS::SNS::Topic'],
  judge: (topic) => {
    const key = topic.at('KmsMasterKeyId');
    return unless(
      key.isPresent && !/^alias\/aws\//.test(key.text ?? ''),
      'it is encrypted with a key of AWS, or not at all',
      key,
    );
  },
};
