import { type ResourceRule } from '../rule';
import { isPresent, property } from './support/property';

export const trailEncrypted: ResourceRule = {
  name: 'trail-encrypted',
  severity: 'medium',
  statement: 'A trail is encrypted under a key of the account.',
  fix: 'Name a key in KMSKeyId.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: property(['KMSKeyId'], isPresent, 'it has no key'),
};
