import { Match, type Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AlertTopics, HostCertificate } from '../../lib';
import { type BaselineError } from '../../lib/core/errors';
import { templateOf } from '../support/stack';

function certificateFor(hosts: string[], hostedZoneId = 'Z1', withAlerts = false): Template {
  return templateOf((stack) => {
    const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName: 'acme.example' });
    const alerts = withAlerts ? new AlertTopics(stack, 'Alerts') : undefined;
    new HostCertificate(stack, 'Viewer', { hosts, hostedZone, alerts });
  });
}

const logicalIdOf = (template: Template): string =>
  Object.keys(template.findResources('AWS::CertificateManager::Certificate')).join();

test('is for all hosts, proven by records in their zone, logged publicly', () => {
  certificateFor(['shop.acme.example', 'www.acme.example']).hasResourceProperties(
    'AWS::CertificateManager::Certificate',
    {
      DomainName: 'shop.acme.example',
      SubjectAlternativeNames: ['www.acme.example'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: [
        { DomainName: 'shop.acme.example', HostedZoneId: 'Z1' },
        { DomainName: 'www.acme.example', HostedZoneId: 'Z1' },
      ],
      KeyAlgorithm: 'RSA_2048',
      CertificateTransparencyLoggingPreference: 'ENABLED',
    },
  );
});

test('stays in ACM when another takes its place, because a distribution still shows it', () => {
  certificateFor(['shop.acme.example']).hasResource('AWS::CertificateManager::Certificate', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test('has another logical id for other hosts, another order or another zone, and only then', () => {
  const first = logicalIdOf(certificateFor(['shop.acme.example', 'www.acme.example']));
  expect(first).toMatch(/^ViewerCertificate[0-9a-f]{8}$/);
  expect(logicalIdOf(certificateFor(['shop.acme.example', 'www.acme.example'], 'Z1', true))).toBe(first);
  const others = [
    certificateFor(['shop.acme.example']),
    certificateFor(['www.acme.example', 'shop.acme.example']),
    certificateFor(['shop.acme.example', 'www.acme.example'], 'Z2'),
  ].map(logicalIdOf);
  expect(new Set([first, ...others]).size).toBe(4);
});

test('tells somebody a month before it ends', () => {
  const template = certificateFor(['shop.acme.example'], 'Z1', true);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/CertificateManager',
    MetricName: 'DaysToExpiry',
    Dimensions: [{ Name: 'CertificateArn', Value: { Ref: logicalIdOf(template) } }],
    Statistic: 'Minimum',
    Period: 86_400,
    Threshold: 30,
    ComparisonOperator: 'LessThanOrEqualToThreshold',
    // Thirty days are left: nobody is woken.
    AlarmDescription: Match.stringLikeRegexp('^\\[notice\\]'),
  });
});

test('has no alarm without somebody to tell', () => {
  certificateFor(['shop.acme.example']).resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('refuses hosts that nobody can have', () => {
  const codes = (): readonly string[] => {
    try {
      certificateFor(['*.acme.example', 'acme']);
    } catch (error) {
      return (error as BaselineError).codes;
    }
    return [];
  };
  expect(codes()).toEqual(['HostInvalid', 'HostInvalid']);
});
