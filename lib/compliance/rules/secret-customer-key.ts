import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const secretCustomerKey: ResourceRule = {
  name: 'secret-customer-key',
  severity: 'medium',
  statement: 'A secret is encrypted with a key of your own.',
  fix: 'Set encryptionKey.',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge: (secret) => {
    const key = secret.at('KmsKeyId');
    return unless(key.isPresent && !/^alias\/aws\//.test(key.text ?? ''), 'it is encrypted with the key of AWS', key);
  },
};
