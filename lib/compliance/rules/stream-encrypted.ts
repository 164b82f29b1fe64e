import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const streamEncrypted: ResourceRule = {
  name: 'stream-encrypted',
  severity: 'high',
  statement: 'A stream is encrypted at rest.',
  fix: 'Name a key in StreamEncryption.',
  appliesTo: ['AWS::Kinesis::Stream'],
  judge: (resource) => {
    const value = resource.at('StreamEncryption', 'KeyId');
    return unless(value.isPresent, 'it is not encrypted', value);
  },
};
