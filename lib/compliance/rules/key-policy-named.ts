import { statementsOf } from '../policy/statement';
import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';

/** Keys of conditions that keep out whoever is not of the account or organisation. */
const LIMITS = [
  'kms:calleraccount',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourcearn',
];

export const keyPolicyNamed: ResourceRule = {
  name: 'key-policy-named',
  severity: 'critical',
  statement: 'Only named principals may use a key.',
  fix: 'Name principals in the key policy, or hold everybody to a condition on the account.',
  appliesTo: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge: (key) =>
    about(statementsOf(key, 'KeyPolicy'), (statement) =>
      unless(
        !statement.isAllow ||
          !statement.isAboutEverybody ||
          some(statement.conditions, ([, name]) => LIMITS.includes(name)),
        'a statement lets everybody in',
        statement.value,
      ),
    ),
};
