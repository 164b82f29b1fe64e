import { Match } from 'aws-cdk-lib/assertions';
import { InspectorScanning } from '../../lib';
import { templateOf } from '../support/stack';

const template = templateOf((stack) => new InspectorScanning(stack, 'Inspector'));

test('asks for images and functions', () => {
  template.hasResourceProperties('Custom::InspectorScanning', { ResourceTypes: ['ECR', 'LAMBDA'] });
});

test('its permissions are still there when it is deleted', () => {
  const dependencies = Object.values(template.findResources('Custom::InspectorScanning')).flatMap(
    ({ DependsOn }) => DependsOn as string[],
  );
  const [policy] = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
  expect(dependencies).toContain(policy);
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
