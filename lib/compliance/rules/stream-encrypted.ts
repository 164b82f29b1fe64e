import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const streamEncrypted: ResourceRule = {
  name: 'stream-encrypted',
  severity: 'high',
  statement: 'A stream is encrypted at rest.',
  fix: 'Name a key in StreamEncryption.',
  appliesTo: ['AWS::Kinesis::Stream'],
  judge: property(['StreamEncryption', 'KeyId'], isPresent, 'it is not encrypted'),
};
