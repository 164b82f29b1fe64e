import { policyStatements, POLICY_TYPES } from '../policy/identity-policies';
import { isHeldTo, noneAllows } from '../policy/none-allows';
import { matches } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';

const EVERY_KEY = /^(\*|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/;

/** Keys of conditions that leave some keys, or some uses of them. */
const LIMIT = /^(kms:(viaservice|encryptioncontext.*|requestalias|resourcealiases)|aws:resourcetag\/.+)$/;

/** The mistake is `kms:Decrypt` on `*`, because the key has another ARN in each environment. */
export const policyDecryptsNamedKeys: ResourceRule = {
  name: 'policy-decrypts-named-keys',
  severity: 'medium',
  statement: 'No policy lets anybody decrypt with every key of the account.',
  fix: 'Name the keys, or hold the statement to a service, an alias or a tag of the keys.',
  appliesTo: POLICY_TYPES,
  judge: (holder) =>
    noneAllows(
      policyStatements(holder),
      'it decrypts with every key',
      (statement) =>
        some(statement.actions, (action) => action !== '*' && matches(action, 'kms:decrypt')) &&
        some(statement.resources, (resource) => EVERY_KEY.test(resource)) &&
        !isHeldTo(statement, LIMIT),
    ),
};
