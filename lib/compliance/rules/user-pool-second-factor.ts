import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const userPoolSecondFactor: ResourceRule = {
  name: 'user-pool-second-factor',
  severity: 'high',
  statement: 'A user pool asks for a second factor, or offers one.',
  fix: 'Set MfaConfiguration to ON.',
  appliesTo: ['AWS::Cognito::UserPool'],
  judge: (resource) => {
    const value = resource.at('MfaConfiguration');
    return unless(value.isOneOf('ON', 'OPTIONAL'), 'it has no second factor', value);
  },
};
