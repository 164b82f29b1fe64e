import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, unless } from '../verdict';
import { webAclRules } from './support/web-acl-rules';

const EXPECTED = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
];

export const webAclManagedRules: ResourceRule = {
  name: 'web-acl-managed-rules',
  severity: 'high',
  statement: 'Requests that carry known attacks are refused.',
  fix: 'Add the rule groups AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAmazonIpReputationList.',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge: (acl) => {
    const groups = webAclRules(acl).map(({ value }) => value.at('Statement', 'ManagedRuleGroupStatement', 'Name'));
    return about(EXPECTED, (expected) =>
      unless(
        some(groups, (group) => group.is(expected)),
        `${expected} is missing`,
        acl.at('Rules'),
      ),
    );
  },
};
