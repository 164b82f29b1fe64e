import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { noneAllows } from '../policy/none-allows';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';

export const policyNoAdministration: ResourceRule = {
  name: 'policy-no-administration',
  severity: 'critical',
  statement: 'No policy gives all rights over everything.',
  fix: 'Name the actions and the resources.',
  appliesTo: POLICY_TYPES,
  judge: (policy) =>
    noneAllows(
      policyStatements(policy),
      'it allows every action on every resource',
      (statement) =>
        some(statement.actions, (action) => action === '*' || action === '*:*') &&
        some(statement.resources, (resource) => resource === '*'),
    ),
};
