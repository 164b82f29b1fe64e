import { isAboutAnybody, noneAllows } from '../policy/none-allows';
import { statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';

/** Keys of conditions that keep out whoever is not of the account or organisation. */
const LIMIT = /^aws:principal(account|arn|orgid|orgpaths)$/;

export const roleTrustNamed: ResourceRule = {
  name: 'role-trust-named',
  severity: 'critical',
  statement: 'Only named principals take a role.',
  fix: 'Name the principals in the trust policy.',
  appliesTo: ['AWS::IAM::Role'],
  judge: (role) =>
    noneAllows(statementsOf(role, 'AssumeRolePolicyDocument'), 'everybody may take it', (statement) =>
      isAboutAnybody(statement, LIMIT),
    ),
};
