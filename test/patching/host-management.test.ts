import { Match } from 'aws-cdk-lib/assertions';
import { HostManagement } from '../../lib';
import { templateOf } from '../support/stack';

const template = templateOf((stack) => new HostManagement(stack, 'HostManagement'));

test('instances report as a role that is made for it, in this account and Region', () => {
  template.hasResource('AWS::SSM::ServiceSetting', {
    Properties: {
      SettingId: '/ssm/managed-instance/default-ec2-instance-management-role',
      SettingValue: { Ref: Match.stringLikeRegexp('^HostManagementRole') },
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^HostManagementRolePermissions')]),
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'ssm.amazonaws.com' } })] },
    ManagedPolicyArns: Match.absent(),
  });
});

test('the role, which everything on an instance may take, reads no parameters, secrets or buckets', () => {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
  const actions = policies.flatMap(
    (policy) =>
      (policy as { Properties: { PolicyDocument: { Statement: { Action: string[] }[] } } }).Properties.PolicyDocument
        .Statement[0].Action,
  );
  expect(actions).toContain('ssm:UpdateInstanceInformation');
  expect(actions.filter((action) => !/^(ec2messages|ssm|ssmmessages):/.test(action))).toEqual([]);
  expect(actions.filter((action) => /\*|Parameter|Secret|SendCommand|StartSession/.test(action))).toEqual([]);
});
