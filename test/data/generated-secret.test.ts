import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { GeneratedSecret, type GeneratedSecretProps, Waiver } from '../../lib';
import { templateOf } from '../support/stack';
import { refusal } from '../support/refusal';

const secretOf = (props?: GeneratedSecretProps): Template =>
  templateOf((stack) => {
    const { secret } = new GeneratedSecret(stack, 'JwtSecret', props);
    new CfnOutput(stack, 'Arn', { value: secret.secretArn });
  });

test('is random letters and digits under a key for secrets, retained', () => {
  secretOf().hasResource('AWS::SecretsManager::Secret', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true, IncludeSpace: false },
      KmsKeyId: { 'Fn::GetAtt': ['JwtSecretKeyKey', 'Arn'] },
      Tags: Match.arrayWith([{ Key: 'commerce-baseline:data-class', Value: 'secrets' }]),
    },
  });
});

test('is rotated every 90 days, or as often as asked', () => {
  const schedule = (template: Template, days: number): void =>
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      SecretId: { Ref: 'JwtSecretSecret' },
      RotationRules: { AutomaticallyAfterDays: days },
    });
  expect(() => schedule(secretOf(), 90)).not.toThrow();
  expect(() => schedule(secretOf({ rotateEvery: Duration.days(365) }), 365)).not.toThrow();
});

test('is handed out once it was rotated', () => {
  secretOf().hasOutput('Arn', {
    Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^JwtSecretRotationFirst'), 'SecretArn'] },
  });
});

test('is handed out at once when a waiver says that it must not be rotated', () => {
  const withoutRotation = Waiver.because('Customer numbers were hashed with it', { owner: 'platform@acme.example' });
  const template = secretOf({ withoutRotation });
  template.hasOutput('Arn', { Value: { Ref: 'JwtSecretSecret' } });
  template.resourceCountIs('AWS::Lambda::Function', 0);
});

test('shares one rotating function with the others of its stack', () => {
  const template = templateOf((stack) => {
    new GeneratedSecret(stack, 'JwtSecret');
    new GeneratedSecret(stack, 'CookieSecret');
  });
  const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
  expect(functions).toEqual([
    expect.stringMatching(/^GeneratedSecretRotation/),
    expect.stringMatching(/^FirstRotation/),
  ]);
});

test('refuses what is too short and what cannot be scheduled, both at once', () => {
  expect(() => secretOf({ length: 16, rotateEvery: Duration.hours(1) })).toThrow(
    refusal(
      ['GeneratedSecretLengthOutOfRange', 'RotationIntervalOutOfRange'],
      'length is 16; it must be from 32 to 4096 characters',
    ),
  );
});
