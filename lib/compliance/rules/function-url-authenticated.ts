import { type ResourceRule } from '../rule';
import { isOneOf, property } from './support/property';

export const functionUrlAuthenticated: ResourceRule = {
  name: 'function-url-authenticated',
  severity: 'high',
  statement: 'The URL of a function asks who calls.',
  fix: 'Set AuthType to AWS_IAM.',
  appliesTo: ['AWS::Lambda::Url'],
  judge: property(['AuthType'], isOneOf('AWS_IAM'), 'it answers everybody'),
};
