import { isAboutAnybody, noneAllows } from '../policy/none-allows';
import { statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';

/** Keys of conditions that keep out whoever is not of the account or organisation. */
const LIMIT = /^(kms:calleraccount|aws:(principal(account|arn|orgid)|source(account|arn)))$/;

export const keyPolicyNamed: ResourceRule = {
  name: 'key-policy-named',
  severity: 'critical',
  statement: 'Only named principals may use a key.',
  fix: 'Name principals in the key policy, or hold everybody to a condition on the account.',
  appliesTo: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge: (key) =>
    noneAllows(statementsOf(key, 'KeyPolicy'), 'a statement lets everybody in', (statement) =>
      isAboutAnybody(statement, LIMIT),
    ),
};
