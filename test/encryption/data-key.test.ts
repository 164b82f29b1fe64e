import { type Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AlertTopics, DataClass, DataKey, type DataKeyProps } from '../../lib';
import { ACCOUNT, type Call, concrete, isAllowed, REGION, type Statement } from '../support/policy-evaluator';
import { templateOf } from '../support/stack';

const administrator = `arn:aws:iam::${ACCOUNT}:role/platform`;
const developer = `arn:aws:iam::${ACCOUNT}:role/developer`;
const deployment = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`;
const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

function keyOf(
  props: Partial<DataKeyProps> = {},
  more: (stack: Stack, key: DataKey) => unknown = () => undefined,
): Template {
  return templateOf((stack) => {
    more(stack, new DataKey(stack, 'Key', { dataClass: DataClass.CUSTOMER_DATA, ...props }));
  });
}

function policyOf(template: Template): Statement[] {
  const [key] = Object.values(template.findResources('AWS::KMS::Key')) as {
    Properties: { KeyPolicy: { Statement: unknown } };
  }[];
  return concrete<Statement[]>(key.Properties.KeyPolicy.Statement);
}

const may = (call: Omit<Call, 'resource'>, template = keyOf({ administrators: [administrator] })): boolean =>
  isAllowed({ identity: everything, resource: 'arn:KeyKey', ...call }, policyOf(template));

test('is rotated every year, retained, and deleted 30 days after somebody asks', () => {
  keyOf().hasResource('AWS::KMS::Key', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30, MultiRegion: false },
  });
});

test('says what kind of data it protects, in a tag that backup plans select by', () => {
  keyOf().hasResourceProperties('AWS::KMS::Key', {
    Tags: Match.arrayWith([{ Key: 'commerce-baseline:data-class', Value: 'customer-data' }]),
  });
});

test('is multi-Region when it is the envelope of the application', () => {
  keyOf({ dataClass: DataClass.APPLICATION }).hasResourceProperties('AWS::KMS::Key', { MultiRegion: true });
});

describe('its policy', () => {
  const context = { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': `s3.${REGION}.amazonaws.com` };

  test('lets whoever has an IAM grant decrypt through a service of the Region', () => {
    expect(may({ principal: developer, action: 'kms:Decrypt', context })).toBe(true);
  });

  test('lets nobody use the key without an IAM grant', () => {
    expect(may({ principal: developer, action: 'kms:Decrypt', context, identity: [] })).toBe(false);
  });

  test('lets nobody decrypt by calling KMS', () => {
    const direct = { 'kms:CallerAccount': ACCOUNT };
    expect(may({ principal: developer, action: 'kms:Decrypt', context: direct })).toBe(false);
  });

  test('lets the shop call KMS with the key of its own envelope', () => {
    const template = keyOf({ dataClass: DataClass.APPLICATION });
    expect(
      may({ principal: developer, action: 'kms:Decrypt', context: { 'kms:CallerAccount': ACCOUNT } }, template),
    ).toBe(true);
  });

  test('lets services go on using the key by a grant, and nobody else', () => {
    const forService = { ...context, 'kms:GrantIsForAWSResource': 'true' };
    expect(may({ principal: developer, action: 'kms:CreateGrant', context: forService })).toBe(true);
    expect(may({ principal: developer, action: 'kms:CreateGrant', context })).toBe(false);
  });

  test('lets nobody of another account use the key', () => {
    const stranger = 'arn:aws:iam::999999999999:role/stranger';
    const foreign = { ...context, 'kms:CallerAccount': '999999999999' };
    expect(may({ principal: stranger, action: 'kms:Decrypt', context: foreign })).toBe(false);
  });

  test.each(['kms:ScheduleKeyDeletion', 'kms:DisableKey'])('refuses %s to all but the administrators', (action) => {
    expect(may({ principal: developer, action })).toBe(false);
    expect(may({ principal: administrator, action })).toBe(true);
  });

  test.each(['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:EnableKeyRotation', 'kms:TagResource'])(
    'lets the deploying role call %s, also to take a failed first deployment back',
    (action) => {
      expect(may({ principal: deployment, action })).toBe(true);
      const throughCloudFormation = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
      expect(may({ principal: developer, action, context: throughCloudFormation })).toBe(true);
    },
  );

  test('survives the loss of its administrators: another one can be named', () => {
    expect(may({ principal: developer, action: 'kms:PutKeyPolicy' })).toBe(true);
    expect(may({ principal: developer, action: 'kms:DescribeKey' })).toBe(true);
  });

  test('names no role or user as principal, so that none has to exist first', () => {
    const principals = policyOf(keyOf({ administrators: [administrator] })).map(({ Principal }) => Principal);
    expect(principals).toEqual([
      { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      { AWS: '*' },
    ]);
  });
});

describe('tampering', () => {
  const watched = keyOf({}, (stack, key) => key.alertOnTampering(new AlertTopics(stack, 'Alerts')));

  test('is reported with what was done and by whom', () => {
    watched.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.kms'],
        detail: {
          eventName: ['DisableKey', 'DisableKeyRotation', 'ScheduleKeyDeletion', 'PutKeyPolicy'],
          resources: { ARN: [{ 'Fn::GetAtt': ['KeyKey', 'Arn'] }] },
        },
      },
      Targets: [Match.objectLike({ InputTransformer: Match.anyValue(), DeadLetterConfig: Match.anyValue() })],
    });
  });

  test('raises an urgent alarm on the events its rule matched', () => {
    watched.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Events',
      MetricName: 'MatchedEvents',
      Dimensions: [{ Name: 'RuleName', Value: { Ref: Match.stringLikeRegexp('^KeyTamperRule') } }],
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsUrgent') }],
    });
  });

  test('is reported to nobody without alerts', () => {
    keyOf().resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });
});
