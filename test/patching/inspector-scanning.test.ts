import { Match } from 'aws-cdk-lib/assertions';
import { InspectorScanning } from '../../lib';
import { rightsOf } from '../support/rights';
import { templateOf } from '../support/stack';

const template = templateOf((stack) => new InspectorScanning(stack, 'Inspector'));

test('asks for images and functions', () => {
  template.hasResourceProperties('Custom::InspectorScanning', { ResourceTypes: ['ECR', 'LAMBDA'] });
});

test.each(['Custom::InspectorScanning', 'Custom::InspectorBefore'])(
  'the permissions of %s are still there when it is deleted',
  (type) => {
    const dependencies = Object.values(template.findResources(type)).flatMap(({ DependsOn }) => DependsOn as string[]);
    const [policy] = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(dependencies).toContain(policy);
  },
);

test('looks what is off before it turns anything on', () => {
  const [[before]] = Object.entries(
    template.findResources('Custom::InspectorBefore', { Properties: { Only: 'look' } }),
  );
  template.hasResource('Custom::InspectorScanning', {
    DependsOn: Match.arrayWith([before]),
    Properties: { Only: Match.absent() },
  });
});

test('may make the role of Inspector, and no other', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'iam:CreateServiceLinkedRole',
          Condition: { StringEquals: { 'iam:AWSServiceName': 'inspector2.amazonaws.com' } },
        }),
      ]),
    },
  });
});

test('may look whether it is on, turn it on and turn it off, and what every function of ours may', () => {
  expect(rightsOf(template, /EnablerRole/)).toEqual([
    ...['iam:CreateServiceLinkedRole', 'inspector2:BatchGetAccountStatus', 'inspector2:Disable', 'inspector2:Enable'],
    ...['kms:Decrypt', 'kms:GenerateDataKey', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'],
    ...['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
  ]);
});
