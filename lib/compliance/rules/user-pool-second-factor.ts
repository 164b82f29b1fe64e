import { type ResourceRule } from '../rule';
import { isOneOf, property } from './support/property';

export const userPoolSecondFactor: ResourceRule = {
  name: 'user-pool-second-factor',
  severity: 'high',
  statement: 'A user pool asks for a second factor, or offers one.',
  fix: 'Set MfaConfiguration to ON.',
  appliesTo: ['AWS::Cognito::UserPool'],
  judge: property(['MfaConfiguration'], isOneOf('ON', 'OPTIONAL'), 'it has no second factor'),
};
