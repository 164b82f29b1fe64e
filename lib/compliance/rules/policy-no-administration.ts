import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';

export const policyNoAdministration: ResourceRule = {
  name: 'policy-no-administration',
  severity: 'critical',
  statement: 'No policy gives all rights over everything.',
  fix: 'Name the actions and the resources.',
  appliesTo: POLICY_TYPES,
  judge: (policy) =>
    about(policyStatements(policy), (statement) =>
      unless(
        !statement.isAllow ||
          !some(statement.actions, (action) => action === '*' || action === '*:*') ||
          !some(statement.resources, (resource) => resource === '*'),
        'it allows every action on every resource',
        statement.value,
      ),
    ),
};
