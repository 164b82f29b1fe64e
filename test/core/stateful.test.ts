import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { retain } from '../../lib/core/stateful';

function templateWith(place: (stack: Stack) => void, scope: Construct = new App()): Template {
  const stack = new Stack(scope, 'Data');
  place(stack);
  return Template.fromStack(stack);
}

const retained = (owner: Construct, ...inner: string[]): void => {
  const scope = inner.reduce((parent, id) => new Construct(parent, id), owner);
  retain(owner, new CfnResource(scope, 'Resource', { type: 'AWS::S3::Bucket' }), 'Bucket');
};

test('is kept when it leaves the template or is replaced, and removed when a first deployment fails', () => {
  templateWith((stack) => retained(new Construct(stack, 'Media'))).hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test('has a logical id that depends on where the user placed its owner, not on how the owner is built inside', () => {
  const plain = templateWith((stack) => retained(new Construct(stack, 'Media')));
  const nested = templateWith((stack) => retained(new Construct(stack, 'Media'), 'Inner', 'Deeper'));
  expect(Object.keys(plain.findResources('AWS::S3::Bucket'))).toEqual(['MediaBucket']);
  expect(nested.findResources('AWS::S3::Bucket')).toEqual(plain.findResources('AWS::S3::Bucket'));
});

test('keeps its logical id when the stack is wrapped in a Stage', () => {
  const template = templateWith((stack) => retained(new Construct(stack, 'Media')), new Stage(new App(), 'Prod'));
  expect(Object.keys(template.findResources('AWS::S3::Bucket'))).toEqual(['MediaBucket']);
});
