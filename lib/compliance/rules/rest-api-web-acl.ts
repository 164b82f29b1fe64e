import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const restApiWebAcl: ResourceRule = {
  name: 'rest-api-web-acl',
  severity: 'medium',
  statement: 'A firewall for the web stands before a stage of a REST API.',
  fix: 'Associate a regional web ACL.',
  appliesTo: ['AWS::ApiGateway::Stage'],
  judge: (stage, graph) =>
    unless(
      graph.referrers(stage, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn').length > 0,
      'no web ACL is associated',
    ),
};
