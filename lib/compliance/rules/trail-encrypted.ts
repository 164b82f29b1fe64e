import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const trailEncrypted: ResourceRule = {
  name: 'trail-encrypted',
  severity: 'medium',
  statement: 'A trail is encrypted under a key of the account.',
  fix: 'Name a key in KMSKeyId.',
  appliesTo: ['AWS::CloudTrail::Trail'],
  judge: (resource) => {
    const value = resource.at('KMSKeyId');
    return unless(value.isPresent, 'it has no key', value);
  },
};
