import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StorefrontWorker, TaskSecret } from '../../lib';
import { image, secretOf } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { foreignStack, templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

const workerIn = (stack: Stack, secrets = {}): StorefrontWorker =>
  new StorefrontWorker(stack, 'Worker', { network: existingNetwork(stack), image, secrets });

const arnOf = (name: string): string => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`;

test('waits for the rotation of every secret the task reads, and of those it is told', () => {
  const template = templateOf((stack) => {
    const database = secretOf(stack);
    const secrets = { USER: TaskSecret.field(database, 'username'), PASSWORD: TaskSecret.field(database, 'password') };
    const worker = workerIn(stack, secrets);
    worker.addSecret('CACHE', TaskSecret.whole(secretOf(stack, 'Cache')));
    worker.redeployWhenRotated(secretOf(stack, 'Gateway'));
  });
  template.resourceCountIs('AWS::Events::Rule', 1);
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['cdk-commerce-baseline'],
      'detail-type': ['Secret Rotated'],
      detail: { secretArn: [arnOf('Database'), arnOf('Cache'), arnOf('Gateway')] },
    },
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('RedeployFunction'), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('RedeployDeadLetters'), 'Arn'] } },
      }),
    ],
  });
});

test('may deploy that one service again, and nothing else', () => {
  const template = templateOf((stack) => void workerIn(stack, { URL: TaskSecret.whole(secretOf(stack)) }));
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
          Resource: { Ref: Match.stringLikeRegexp('^WorkerTasksService') },
        },
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('RedeployRole') }],
  });
});

test('lets EventBridge leave what it could not deliver in the encrypted queue', () => {
  const template = templateOf((stack) => void workerIn(stack, { URL: TaskSecret.whole(secretOf(stack)) }));
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        }),
      ]),
    },
  });
});

test('is not there without a secret', () => {
  templateOf((stack) => void workerIn(stack)).resourceCountIs('AWS::Events::Rule', 0);
});

test('stands in the stack of the service, which refers to the stack of the secret', () => {
  const app = new App();
  const secret = new Secret(new Stack(app, 'Data'), 'Database');
  const application = new Stack(app, 'Application');
  workerIn(application, { URL: TaskSecret.whole(secret) });
  Template.fromStack(application).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({
      detail: { secretArn: [{ 'Fn::ImportValue': Match.stringLikeRegexp('^Data:') }] },
    }),
  });
});

test('refuses a secret that no event would name', () => {
  const stack = foreignStack();
  const secret = Secret.fromSecretNameV2(stack, 'Named', 'database');
  expect(() => workerIn(stack).redeployWhenRotated(secret)).toThrow(
    refusal(['SecretArnIncomplete'], 'secret is "Foreign/Named"; it must be known by its whole ARN'),
  );
});
