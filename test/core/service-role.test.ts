import { Match, Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ServiceRole } from '../../lib/core/service-role';
import { foreignStack } from '../support/stack';

const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com');

test('writes every grant into one managed policy, and none inline', () => {
  const stack = foreignStack();
  const role = new ServiceRole(stack, 'Role', { assumedBy });
  new Bucket(stack, 'Bucket', { encryptionKey: new Key(stack, 'Key') }).grantRead(role).assertSuccess();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Role') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: Match.arrayWith(['s3:GetObject*']) }),
        Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']) }),
      ]),
    },
  });
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('has no policy while nothing is granted', () => {
  const stack = foreignStack();
  new ServiceRole(stack, 'Role', { assumedBy });
  Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});
