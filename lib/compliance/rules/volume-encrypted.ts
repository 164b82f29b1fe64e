import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const volumeEncrypted: ResourceRule = {
  name: 'volume-encrypted',
  severity: 'high',
  statement: 'A volume is encrypted at rest.',
  fix: 'Set Encrypted to true.',
  appliesTo: ['AWS::EC2::Volume'],
  judge: (resource) => {
    const value = resource.at('Encrypted');
    return unless(value.isTrue, 'it is not encrypted', value);
  },
};
