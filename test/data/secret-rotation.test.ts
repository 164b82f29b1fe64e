import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput } from 'aws-cdk-lib';
import { AlertTopics, DataClass, DataKey } from '../../lib';
import { Problems } from '../../lib/core/errors';
import { HandlerFunction } from '../../lib/core/handler-function';
import { requireInterval, SecretRotation } from '../../lib/data/secret-rotation';
import { ACCOUNT, concrete, REGION, type Statement } from '../support/policy-evaluator';
import { templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

function rotated(
  more: (stack: Stack, rotation: SecretRotation) => unknown = () => undefined,
  alerts = false,
): Template {
  return templateOf((stack) => {
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.SECRETS });
    const handler = new HandlerFunction(stack, 'Handler', {
      handler: 'rotate-generated-secret',
      description: 'A test',
      key,
    });
    const secret = new Secret(stack, 'Secret', { encryptionKey: key });
    const rotation = new SecretRotation(stack, 'Rotation', {
      secret,
      key,
      handler,
      every: Duration.days(30),
      alerts: alerts ? new AlertTopics(stack, 'Alerts') : undefined,
    });
    more(stack, rotation);
  });
}

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

test('rotates at once and then regularly, under a logical id that does not move', () => {
  rotated().templateMatches({
    Resources: {
      RotationSchedule: {
        Type: 'AWS::SecretsManager::RotationSchedule',
        Properties: { RotationRules: { AutomaticallyAfterDays: 30 }, RotateImmediatelyOnUpdate: true },
      },
    },
  });
});

test('begins once Secrets Manager may call the function and the function may do its work', () => {
  const { DependsOn = [] } = rotated().findResources('AWS::SecretsManager::RotationSchedule')
    .RotationSchedule as Resource;
  expect(DependsOn).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^RotationPermission/),
      expect.stringMatching(/^HandlerRolePermissions/),
    ]),
  );
});

test('may be called by Secrets Manager, for this secret of this account', () => {
  rotated().hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    Principal: 'secretsmanager.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
    SourceArn: { Ref: Match.stringLikeRegexp('^Secret') },
  });
});

test('may read and replace this secret, use its key and announce it, and nothing else about secrets and events', () => {
  const policies = rotated().findResources('AWS::IAM::ManagedPolicy') as Record<string, Resource>;
  const [, policy] = Object.entries(policies).find(([id]) => id.startsWith('HandlerRole')) ?? [];
  const document = policy?.Properties.PolicyDocument as { Statement: unknown };
  const statements = concrete<Statement[]>(document.Statement).filter(({ Action }) =>
    /^(secretsmanager|events|kms):/.test(String(Action)),
  );
  expect(statements).toEqual([
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'arn:KeyKey' },
    {
      Effect: 'Allow',
      Action: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      Resource: expect.stringMatching(/^ref:Secret/) as string,
    },
    {
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`,
      Condition: {
        StringEquals: { 'events:source': 'cdk-commerce-baseline', 'events:detail-type': 'Secret Rotated' },
      },
    },
  ]);
});

test('lets nobody refer to the secret before it was rotated for the first time', () => {
  const template = rotated((stack, { secret }) => new CfnOutput(stack, 'Arn', { value: secret.secretArn }));
  const first = template.findResources('Custom::FirstRotation') as Record<string, Resource>;
  const [[id, { DependsOn }] = ['', { DependsOn: [] }]] = Object.entries(first);
  expect(DependsOn).toEqual(
    expect.arrayContaining(['RotationSchedule', expect.stringMatching(/^FirstRotationRolePermissions/)]),
  );
  template.hasOutput('Arn', { Value: { 'Fn::GetAtt': [id, 'SecretArn'] } });
});

test('waits for all first rotations of a stack with one function', () => {
  const template = rotated((stack) => {
    const key = new DataKey(stack, 'OtherKey', { dataClass: DataClass.SECRETS });
    const handler = stack.node.findChild('Handler') as HandlerFunction;
    const secret = new Secret(stack, 'Other', { encryptionKey: key });
    new SecretRotation(stack, 'OtherRotation', { secret, key, handler, every: Duration.days(30) });
    new Bucket(stack, 'Unrelated');
  });
  const tokens = Object.values(template.findResources('Custom::FirstRotation') as Record<string, Resource>).map(
    ({ Properties }) => JSON.stringify(Properties.ServiceToken),
  );
  expect(tokens).toHaveLength(2);
  expect(new Set(tokens).size).toBe(1);
});

test('says that a rotation failed, and of which secret', () => {
  rotated(undefined, true).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.secretsmanager'],
      'detail-type': ['AWS Service Event via CloudTrail'],
      detail: {
        eventName: ['RotationFailed'],
        additionalEventData: { SecretId: [{ Ref: Match.stringLikeRegexp('^Secret') }] },
      },
    },
  });
});

describe('an interval', () => {
  const check = (every: Duration) => (): void => {
    const problems = new Problems('Test');
    requireInterval(problems, 'rotateEvery', every);
    problems.throwIfAny();
  };

  test.each([Duration.days(1), Duration.days(1000), Duration.hours(48)])('of %s is taken', (every) => {
    expect(check(every)).not.toThrow();
  });

  test.each([Duration.hours(12), Duration.days(1001), Duration.hours(36)])('of %s is refused', (every) => {
    expect(check(every)).toThrow(
      refusal(['RotationIntervalOutOfRange'], 'it must be a whole number of days from 1 to 1000'),
    );
  });
});
