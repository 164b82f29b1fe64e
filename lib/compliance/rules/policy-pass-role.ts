import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { isHeldTo, noneAllows } from '../policy/none-allows';
import { matches } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';

export const policyPassRole: ResourceRule = {
  name: 'policy-pass-role',
  severity: 'high',
  statement: 'Nobody gives a role to a machine who was not told which.',
  fix: 'Name the roles that iam:PassRole is for.',
  appliesTo: POLICY_TYPES,
  judge: (policy) =>
    noneAllows(
      policyStatements(policy),
      'it passes any role to any service',
      (statement) =>
        some(statement.actions, (action) => action !== '*' && matches(action, 'iam:passrole')) &&
        some(statement.resources, (resource) => /^(\*|arn:[^/]*:role\/\*)$/.test(resource)) &&
        !isHeldTo(statement, /^iam:passedtoservice$/),
    ),
};
