import { type ResourceRule } from '../rule';
import { objection } from '../verdict';

export const iamNoUser: ResourceRule = {
  name: 'iam-no-user',
  severity: 'medium',
  statement: 'People and programs have roles, which end; no user with keys that do not.',
  fix: 'Use a role, or IAM Identity Center.',
  appliesTo: ['AWS::IAM::User', 'AWS::IAM::AccessKey'],
  judge: ({ type }) =>
    objection(type === 'AWS::IAM::AccessKey' ? 'it is an access key that nothing ends' : 'it is a user of IAM'),
};
