import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey, LogDelivery } from '../../lib';
import { firewallIn, firewallTemplate } from '../support/firewall';
import { foreignStack } from '../support/stack';

describe('the log', () => {
  test('is encrypted, kept for 13 months and retained, under a name that WAF accepts', () => {
    const template = firewallTemplate();
    const group = { LogGroupName: Match.stringLikeRegexp('^aws-waf-logs-foreign-[0-9a-f]{8}$'), RetentionInDays: 400 };
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { ...group, KmsKeyId: Match.anyValue() },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('moves to a new group with a new generation', () => {
    const groups = [1, 2].map((logGeneration) =>
      Object.entries(firewallTemplate({ logGeneration }).findResources('AWS::Logs::LogGroup')),
    );
    const [[first, second]] = [groups.map(([group]) => group)] as [
      [[string, { Properties: { LogGroupName: string } }], [string, { Properties: { LogGroupName: string } }]],
    ];
    expect(second[0]).not.toBe(first[0]);
    expect(second[1].Properties.LogGroupName).toBe(`${first[1].Properties.LogGroupName}-g2`);
  });

  test('holds no secrets and nothing that visitors typed', () => {
    const template = firewallTemplate();
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [
        { SingleHeader: { Name: 'authorization' } },
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'x-api-key' } },
        { QueryString: {} },
      ],
    });
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      DataProtectionConfig: {
        DataProtections: [
          {
            Action: 'SUBSTITUTION',
            Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'x-api-key'] },
          },
          { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
          { Action: 'SUBSTITUTION', Field: { FieldType: 'BODY' } },
        ],
      },
    });
  });

  test('keeps what a rule refused, challenged or counted, and drops the rest', () => {
    const condition = (Action: string): object => ({ ActionCondition: { Action } });
    firewallTemplate().hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT', 'CAPTCHA', 'CHALLENGE', 'EXCLUDED_AS_COUNT'].map(condition),
          },
        ],
      },
    });
  });

  test('goes to the group of the web ACL, once delivery may write there', () => {
    const template = firewallTemplate();
    const [policy = ''] = Object.keys(template.findResources('AWS::Logs::ResourcePolicy'));
    template.hasResource('AWS::WAFv2::LoggingConfiguration', {
      Properties: {
        ResourceArn: { 'Fn::GetAtt': ['FirewallWebAcl', 'Arn'] },
        LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([':log-group:', { Ref: 'FirewallLogGroup' }])] }],
      },
      DependsOn: [policy],
    });
  });

  test('needs no policy where the account has one', () => {
    firewallTemplate({ logDelivery: LogDelivery.accountPolicy() }).resourceCountIs('AWS::Logs::ResourcePolicy', 0);
  });

  test('uses the key that is given, and lets CloudWatch Logs use it', () => {
    const stack = foreignStack();
    firewallIn(stack, { key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': ['KeyKey', 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { Service: { 'Fn::Join': ['', Match.arrayWith(['logs.'])] } } }),
        ]),
      },
    });
  });
});
