import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const webAclLogs: ResourceRule = {
  name: 'web-acl-logs',
  severity: 'medium',
  statement: 'What the firewall refused is written down.',
  fix: 'Add a logging configuration for the web ACL.',
  appliesTo: ['AWS::WAFv2::WebACL'],
  judge: (acl, graph) =>
    unless(
      graph.referrers(acl, 'AWS::WAFv2::LoggingConfiguration', 'ResourceArn').length > 0,
      'no logging configuration names it',
    ),
};
