import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

export const keyRotation: ResourceRule = {
  name: 'key-rotation',
  severity: 'medium',
  statement: 'Keys renew themselves.',
  fix: 'Set enableKeyRotation.',
  appliesTo: ['AWS::KMS::Key'],
  judge: (key) => {
    const spec = key.at('KeySpec');
    const rotation = key.at('EnableKeyRotation');
    const symmetric = !spec.isPresent || spec.is('SYMMETRIC_DEFAULT');
    return symmetric && !key.at('Origin').isOneOf('EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE')
      ? unless(rotation.isTrue, 'it keeps its material for ever', rotation)
      : notApplicable();
  },
};
