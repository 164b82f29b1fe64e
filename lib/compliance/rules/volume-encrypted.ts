import { type ResourceRule } from '../rule';
import { isTrue, property } from './support/property';

export const volumeEncrypted: ResourceRule = {
  name: 'volume-encrypted',
  severity: 'high',
  statement: 'A volume is encrypted at rest.',
  fix: 'Set Encrypted to true.',
  appliesTo: ['AWS::EC2::Volume'],
  judge: property(['Encrypted'], isTrue, 'it is not encrypted'),
};
