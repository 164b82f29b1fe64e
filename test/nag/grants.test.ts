import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CONSTRUCTS } from '../cases';
import { foreignStack } from '../support/stack';

interface Policy {
  readonly Properties: { readonly PolicyDocument: object; readonly Roles: readonly { readonly Ref?: string }[] };
}

/** Logical ids of the roles that a policy allows to read the bucket. */
function readersOf(template: Template): Set<string> {
  const policies = [
    ...Object.values(template.findResources('AWS::IAM::ManagedPolicy')),
    ...Object.values(template.findResources('AWS::IAM::Policy')),
  ] as Policy[];
  return new Set(
    policies
      .filter(({ Properties }) => JSON.stringify(Properties.PolicyDocument).includes('"GrantedLater'))
      .flatMap(({ Properties }) => Properties.Roles.map(({ Ref }) => Ref ?? '')),
  );
}

test.each(Object.entries(CONSTRUCTS))('every role of %s accepts a later grant', (_, { loaded }) => {
  const stack = foreignStack();
  loaded(stack);
  const roles = stack.node.findAll().filter((child): child is Role => child instanceof Role);
  const bucket = new Bucket(stack, 'GrantedLater');
  roles.forEach((role) => bucket.grantRead(role).assertSuccess());
  const readers = readersOf(Template.fromStack(stack));
  expect(roles.filter((role) => !readers.has(Stack.of(role).getLogicalId(role.node.defaultChild as never)))).toEqual(
    [],
  );
});
