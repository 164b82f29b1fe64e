import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { unless } from '../verdict';
import { webAclRules } from './support/web-acl-rules';

export const webAclRateLimit: ResourceRule = {
  name: 'web-acl-rate-limit',
  severity: 'medium',
  statement: 'Whoever sends too many requests is refused.',
  fix: 'Add a rate-based rule with the action block.',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge: (acl) =>
    unless(
      some(
        webAclRules(acl),
        ({ value }) =>
          value.at('Statement', 'RateBasedStatement').isPresent &&
          ['Block', 'Captcha', 'Challenge'].some((action) => value.at('Action', action).isPresent),
      ),
      'no rule limits how much one sender may ask for',
      acl.at('Rules'),
    ),
};
