import { type ResourceRule } from '../rule';
import { isOwnKey, property } from './support/property';

export const secretCustomerKey: ResourceRule = {
  name: 'secret-customer-key',
  severity: 'medium',
  statement: 'A secret is encrypted with a key of your own.',
  fix: 'Set encryptionKey.',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge: property(['KmsKeyId'], isOwnKey, 'it is encrypted with the key of AWS'),
};
