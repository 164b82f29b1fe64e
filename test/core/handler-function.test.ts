import { Match, type Template } from 'aws-cdk-lib/assertions';
import { DataClass, DataKey } from '../../lib';
import { HandlerFunction } from '../../lib/core/handler-function';
import { concrete, type Statement } from '../support/policy-evaluator';
import { foreignStack, templateOf } from '../support/stack';

const handler = (): Template =>
  templateOf((stack) => {
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
    new HandlerFunction(stack, 'Handler', { handler: 'await-first-rotation', description: 'A test', key });
  });

test('keeps an event that failed: its role may send to the queue and use the queue’s key', () => {
  const [policy] = Object.values(handler().findResources('AWS::IAM::ManagedPolicy')) as {
    Properties: { PolicyDocument: { Statement: unknown } };
  }[];
  const statements = concrete<Statement[]>(policy?.Properties.PolicyDocument.Statement);
  expect(statements).toContainEqual({
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Resource: expect.stringMatching(/^arn:HandlerDeadLetters/) as string,
  });
  expect(statements).toContainEqual({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: 'arn:KeyKey',
  });
});

test('runs on a runtime that AWS patches, and logs for a year under the key', () => {
  handler().hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto' },
    LoggingConfig: Match.objectLike({ LogFormat: 'JSON' }),
  });
  handler().hasResourceProperties('AWS::Logs::LogGroup', {
    RetentionInDays: 365,
    KmsKeyId: { 'Fn::GetAtt': ['KeyKey', 'Arn'] },
  });
});

test('says what to do when its code was not built', () => {
  const stack = foreignStack();
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  expect(() => new HandlerFunction(stack, 'Handler', { handler: 'unheard-of', description: 'A test', key })).toThrow(
    /Handler unheard-of cannot be built:.*npm run build:handlers.*\[HandlerNotBuilt\]/s,
  );
});

test('has a digest that tells its code from other code, and stays the same for the same', () => {
  const stack = foreignStack();
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  const digestOf = (id: string, name: string): string =>
    new HandlerFunction(stack, id, { handler: name, description: 'A test', key }).codeDigest;
  expect(digestOf('One', 'await-first-rotation')).toBe(digestOf('Two', 'await-first-rotation'));
  expect(digestOf('Three', 'rotate-generated-secret')).not.toBe(digestOf('Four', 'await-first-rotation'));
});
