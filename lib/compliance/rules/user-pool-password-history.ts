import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const userPoolPasswordHistory: ResourceRule = {
  name: 'user-pool-password-history',
  severity: 'medium',
  statement: 'A user pool refuses the last four passwords.',
  fix: 'Set PasswordHistorySize to 4 or more.',
  appliesTo: ['AWS::Cognito::UserPool'],
  judge: (pool) => {
    const size = pool.at('Policies', 'PasswordPolicy', 'PasswordHistorySize');
    return unless((size.number ?? 0) >= 4, `it remembers ${size.describe()}`, size);
  },
};
