import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';
import { webAclRules } from './support/web-acl-rules';

export const webAclBlocks: ResourceRule = {
  name: 'web-acl-blocks',
  severity: 'high',
  statement: 'What a rule of the firewall matches is refused, not counted.',
  fix: 'Remove overrideAction count and the action count.',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge: (acl) =>
    about(webAclRules(acl), ({ name, value }) => {
      const override = value.at('OverrideAction', 'Count');
      // A label that a later rule acts on is what a counting rule is for.
      const counts = value.at('Action', 'Count').isPresent && !value.at('RuleLabels').isPresent;
      return unless(!override.isPresent && !counts, `rule ${name} only counts`, value);
    }),
};
