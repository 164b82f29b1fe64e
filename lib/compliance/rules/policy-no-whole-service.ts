import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

export const policyNoWholeService: ResourceRule = {
  name: 'policy-no-whole-service',
  severity: 'medium',
  statement: 'No policy gives every action of a service on everything.',
  fix: 'Name the actions, or the resources.',
  appliesTo: POLICY_TYPES,
  judge: (holder) =>
    about(policyStatements(holder), (statement) =>
      unless(
        !statement.isAllow ||
          !statement.resources.includes('*') ||
          !statement.actions.some((action) => /^[a-z0-9-]+:\*$/.test(action)),
        'it gives a whole service on everything',
        statement.value,
      ),
    ),
};
