import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const queueEncrypted: ResourceRule = {
  name: 'queue-encrypted',
  severity: 'medium',
  statement: 'Messages in a queue are encrypted with a key of your own.',
  fix: 'Set kmsMasterKeyId.',
  appliesTo: ['AWS::SQS::Queue'],
  judge: (queue) => {
    const key = queue.at('KmsMasterKeyId');
    return unless(key.isPresent && !/^alias\/aws\//.test(key.text ?? ''), 'it is encrypted with a key of AWS', key);
  },
};
