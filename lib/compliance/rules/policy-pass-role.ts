import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { matches } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';

export const policyPassRole: ResourceRule = {
  name: 'policy-pass-role',
  severity: 'high',
  statement: 'Nobody gives a role to a machine who was not told which.',
  fix: 'Name the roles that iam:PassRole is for.',
  appliesTo: POLICY_TYPES,
  judge: (policy) =>
    about(policyStatements(policy), (statement) =>
      unless(
        !statement.isAllow ||
          !some(statement.actions, (action) => action !== '*' && matches(action, 'iam:passrole')) ||
          !some(statement.resources, (resource) => /^(\*|arn:[^/]*:role\/\*)$/.test(resource)) ||
          some(statement.conditions, ([, key]) => key === 'iam:passedtoservice'),
        'it passes any role to any service',
        statement.value,
      ),
    ),
};
