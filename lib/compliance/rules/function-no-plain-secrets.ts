import { type ResourceRule } from '../rule';
import { looksSecret } from '../secret-names';
import { about, unless } from '../verdict';

export const functionNoPlainSecrets: ResourceRule = {
  name: 'function-no-plain-secrets',
  severity: 'high',
  statement: 'No secret stands in the environment of a function.',
  fix: 'Read it from Secrets Manager at run time.',
  appliesTo: ['AWS::Lambda::Function'],
  judge: (lambda) =>
    about(lambda.at('Environment', 'Variables').entries, ([key, value]) =>
      unless(
        !looksSecret(key, value.text ?? '') && value.dynamicReferences.length === 0,
        `${key} stands in the open`,
        value,
      ),
    ),
};
