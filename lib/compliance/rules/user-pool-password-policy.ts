import { type ResourceRule } from '../rule';
import { together, unless } from '../verdict';

export const userPoolPasswordPolicy: ResourceRule = {
  name: 'user-pool-password-policy',
  severity: 'high',
  statement: 'A user pool asks for passwords of 12 characters or more, with letters and digits.',
  fix: 'Set MinimumLength to 12 or more, RequireNumbers, and RequireLowercase or RequireUppercase.',
  appliesTo: ['AWS::Cognito::UserPool'],
  judge: (pool) => {
    const policy = pool.at('Policies', 'PasswordPolicy');
    const length = policy.at('MinimumLength');
    return together(
      () => unless((length.number ?? 0) >= 12, `the shortest password has ${length.describe()} characters`, length),
      () => unless(policy.at('RequireNumbers').isTrue, 'a password needs no digit', policy.at('RequireNumbers')),
      () =>
        unless(
          policy.at('RequireLowercase').isTrue || policy.at('RequireUppercase').isTrue,
          'a password needs no letter',
          policy,
        ),
    );
  },
};
