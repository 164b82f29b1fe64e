import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const functionUrlAuthenticated: ResourceRule = {
  name: 'function-url-authenticated',
  severity: 'high',
  statement: 'The URL of a function asks who calls.',
  fix: 'Set AuthType to AWS_IAM.',
  appliesTo: ['AWS::Lambda::Url'],
  judge: (resource) => {
    const value = resource.at('AuthType');
    return unless(value.is('AWS_IAM'), 'it answers everybody', value);
  },
};
