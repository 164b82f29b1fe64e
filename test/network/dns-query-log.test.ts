import { Match } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, LogStore, Network } from '../../lib';
import { templateOf } from '../support/stack';

const env = { account: '111122223333', region: 'ap-southeast-1' };

test('writes down every look-up of the VPC, where log delivery of this account may write', () => {
  const template = templateOf((stack) => new Network(stack, 'Network'), { env });
  template.hasResource('AWS::Route53Resolver::ResolverQueryLoggingConfig', {
    Properties: { DestinationArn: { 'Fn::GetAtt': ['NetworkDnsQueryLogLogs', 'Arn'] } },
    DependsOn: [Match.stringLikeRegexp('DeliveryPolicy')],
  });
  template.hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', {
    ResourceId: { 'Fn::GetAtt': ['NetworkVpc', 'VpcId'] },
  });
  const [policy] = Object.values(template.findResources('AWS::Logs::ResourcePolicy'));
  const { PolicyName, PolicyDocument } = policy.Properties as { PolicyName: string; PolicyDocument: object };
  expect(PolicyName).toMatch(/^foreign-[0-9a-f]{8}$/);
  expect(statementOf(PolicyDocument)).toMatchObject({
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: '<NetworkDnsQueryLogLogs.Arn>',
    Condition: {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnLike: { 'aws:SourceArn': 'arn:<AWS::Partition>:logs:ap-southeast-1:111122223333:*' },
    },
  });
});

test('goes into a log store once log delivery may write there, without a policy of the account', () => {
  const template = templateOf((stack) => {
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
    new Network(stack, 'Network', { key, logs: new LogStore(stack, 'Logs', { key }) });
  });
  template.hasResource('AWS::Route53Resolver::ResolverQueryLoggingConfig', {
    Properties: { DestinationArn: { 'Fn::GetAtt': ['LogsBucket', 'Arn'] } },
    DependsOn: [Match.stringLikeRegexp('^LogsBucketPolicy')],
  });
  template.resourceCountIs('AWS::Logs::ResourcePolicy', 0);
});

/** The only statement of a policy that stands in a template as text with references in it. */
function statementOf(document: object): unknown {
  const join = (document as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  const text = join[1]
    .map((part) => {
      const reference = part as { Ref?: string; 'Fn::GetAtt'?: string[] };
      return typeof part === 'string' ? part : `<${reference.Ref ?? reference['Fn::GetAtt']?.join('.')}>`;
    })
    .join('');
  return (JSON.parse(text) as { Statement: unknown[] }).Statement[0];
}
