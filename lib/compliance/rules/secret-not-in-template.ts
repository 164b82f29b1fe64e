import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const secretNotInTemplate: ResourceRule = {
  name: 'secret-not-in-template',
  severity: 'critical',
  statement: 'No secret stands in a template.',
  fix: 'Let Secrets Manager generate it, or put it in by hand.',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge: (secret) => {
    const text = secret.at('SecretString');
    return unless(
      !text.isPresent || (text.resolved.kind !== 'plain' && text.dynamicReferences.length > 0),
      'its value stands in the template',
      text,
    );
  },
};
