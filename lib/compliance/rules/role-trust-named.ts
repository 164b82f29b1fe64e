import { statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';

/** Keys of conditions that keep out whoever is not of the account or organisation. */
const LIMITS = ['aws:principalaccount', 'aws:principalorgid', 'aws:principalarn', 'aws:principalorgpaths'];

export const roleTrustNamed: ResourceRule = {
  name: 'role-trust-named',
  severity: 'critical',
  statement: 'Only named principals take a role.',
  fix: 'Name the principals in the trust policy.',
  appliesTo: ['AWS::IAM::Role'],
  judge: (role) =>
    about(statementsOf(role, 'AssumeRolePolicyDocument'), (statement) =>
      unless(
        !statement.isAllow ||
          !statement.isAboutEverybody ||
          some(statement.conditions, ([, key]) => LIMITS.includes(key)),
        'everybody may take it',
        statement.value,
      ),
    ),
};
