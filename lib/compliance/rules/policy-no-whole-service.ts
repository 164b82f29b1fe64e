import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { noneAllows } from '../policy/none-allows';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';

/** The mistake is a policy written for one call, `s3:*` on `*`, until there is time. */
export const policyNoWholeService: ResourceRule = {
  name: 'policy-no-whole-service',
  severity: 'medium',
  statement: 'No policy gives every action of a service on everything.',
  fix: 'Name the actions, or the resources.',
  appliesTo: POLICY_TYPES,
  judge: (holder) =>
    noneAllows(
      policyStatements(holder),
      'it gives a whole service on everything',
      (statement) =>
        some(statement.actions, (action) => /^[a-z0-9-]+:\*$/.test(action)) &&
        some(statement.resources, (resource) => resource === '*'),
    ),
};
