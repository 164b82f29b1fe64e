import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AlertTopics, DataClass, DataKey, DistributionTelemetry, LogStore, StorefrontDistribution } from '../../lib';
import { type BaselineError } from '../../lib/core/errors';
import { lines, review } from '../support/review';
import { templateOf } from '../support/stack';
import { existingShop } from '../support/storefront';

function place(stack: Stack, withAlerts: boolean): void {
  const { distribution } = new StorefrontDistribution(stack, 'Distribution', existingShop(stack));
  const logs = new LogStore(stack, 'Logs', { key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }) });
  const alerts = withAlerts ? new AlertTopics(stack, 'Alerts') : undefined;
  new DistributionTelemetry(stack, 'Telemetry', { distribution, logs, alerts });
}

const telemetry = (withAlerts = false): Template => templateOf((stack) => place(stack, withAlerts));

const idOf = (template: Template, type: string): string => Object.keys(template.findResources(type)).join();

test('delivers every request of the distribution to the log store, by hour', () => {
  const template = telemetry();
  const distribution = idOf(template, 'AWS::CloudFront::Distribution');
  template.hasResourceProperties('AWS::Logs::DeliverySource', {
    LogType: 'ACCESS_LOGS',
    ResourceArn: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':cloudfront::',
          { Ref: 'AWS::AccountId' },
          ':distribution/',
          { Ref: distribution },
        ],
      ],
    },
  });
  template.hasResourceProperties('AWS::Logs::DeliveryDestination', {
    OutputFormat: 'json',
    DestinationResourceArn: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['LogsBucket', 'Arn'] }, '/cloudfront']] },
  });
  template.hasResourceProperties('AWS::Logs::Delivery', {
    DeliverySourceName: { Ref: idOf(template, 'AWS::Logs::DeliverySource') },
    DeliveryDestinationArn: { 'Fn::GetAtt': [idOf(template, 'AWS::Logs::DeliveryDestination'), 'Arn'] },
    S3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
    S3EnableHiveCompatiblePath: false,
  });
});

test('lets the delivery write to the bucket', () => {
  telemetry().hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: 's3:PutObject',
        }),
      ]),
    },
  });
});

test('keeps what is private out of the log: cookies, queries, referring pages', () => {
  const [delivery] = Object.values(telemetry().findResources('AWS::Logs::Delivery'));
  const { RecordFields } = (delivery as { Properties: { RecordFields: string[] } }).Properties;
  for (const field of ['cs(Cookie)', 'cs-uri-query', 'cs(Referer)', 'x-forwarded-for']) {
    expect(RecordFields).not.toContain(field);
  }
  expect(RecordFields).toEqual(
    expect.arrayContaining(['date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem', 'sc-status']),
  );
});

test('publishes what its alarms read', () => {
  const template = telemetry();
  template.hasResourceProperties('AWS::CloudFront::MonitoringSubscription', {
    DistributionId: { Ref: idOf(template, 'AWS::CloudFront::Distribution') },
    MonitoringSubscription: { RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: 'Enabled' } },
  });
});

test('has no alarm without somebody to tell', () => {
  telemetry().resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

describe('with somebody to tell', () => {
  const template = telemetry(true);
  const Dimensions = [
    { Name: 'DistributionId', Value: { Ref: idOf(template, 'AWS::CloudFront::Distribution') } },
    { Name: 'Region', Value: 'Global' },
  ];

  test('an alarm goes off when visitors see errors, and enough of them came to tell', () => {
    const read = (MetricName: string, Stat: string): object =>
      Match.objectLike({
        MetricStat: Match.objectLike({ Metric: { Namespace: 'AWS/CloudFront', MetricName, Dimensions }, Stat }),
      });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^\\[urgent\\] '),
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'IF(requests >= 20, errors, 0)' }),
        read('Requests', 'Sum'),
        read('5xxErrorRate', 'Average'),
      ]),
      Threshold: 5,
      EvaluationPeriods: 3,
    });
  });

  test('an alarm goes off when visitors wait', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^\\[notice\\] '),
      MetricName: 'OriginLatency',
      ExtendedStatistic: 'p90',
      Dimensions,
      Threshold: 3000,
    });
  });

  test('an alarm goes off when nobody comes, because there is no metric then', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^\\[urgent\\] '),
      MetricName: 'Requests',
      Statistic: 'Sum',
      Dimensions,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3600,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
  });
});

test('hours without a visitor are nothing where they may be, and everything else still is', () => {
  const alarmsOf = (mayBeSilent: boolean): string[] => {
    const stack = new Stack(new App(), 'Edge', { env: { account: '111122223333', region: 'us-east-1' } });
    const { distribution } = new StorefrontDistribution(stack, 'Distribution', existingShop(stack));
    const alerts = new AlertTopics(stack, 'Alerts');
    new DistributionTelemetry(stack, 'Telemetry', {
      distribution,
      logs: new LogStore(stack, 'Logs'),
      alerts,
      mayBeSilent,
    });
    return Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  };
  const missing = alarmsOf(false).filter((alarm) => !alarmsOf(true).includes(alarm));
  expect(missing).toEqual([expect.stringContaining('SilenceAlarm')]);
});

test('refuses a stack outside us-east-1', () => {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  let codes: readonly string[] = [];
  try {
    place(stack, false);
  } catch (error) {
    ({ codes } = error as BaselineError);
  }
  expect(codes).toEqual(['NotInUsEast1']);
});

describe('the rule that wants access logs', () => {
  test('objects to a distribution that nobody watches', () => {
    expect(lines(review((stack) => new StorefrontDistribution(stack, 'Distribution', existingShop(stack))))).toEqual([
      'AwsSolutions-CFR3 at Foreign/Distribution/Distribution/Resource',
      'distribution-access-logs at Foreign/Distribution/Distribution/Resource',
      'distribution-access-logs at Foreign/Distribution/Distribution/Resource',
    ]);
  });

  test('is answered for any distribution that is watched', () => {
    const watched = review((stack) => {
      const distribution = new Distribution(stack, 'Other', {
        defaultBehavior: { origin: new HttpOrigin('acme.example') },
      });
      new DistributionTelemetry(stack, 'Telemetry', { distribution, logs: new LogStore(stack, 'Logs') });
    });
    expect(lines(watched).filter((line) => line.includes('CFR3'))).toEqual([]);
  });

  test('leaves no stale answer behind for a distribution that has the older logging too', () => {
    const watched = review((stack) => {
      const origin = new HttpOrigin('acme.example');
      const distribution = new Distribution(stack, 'Other', { defaultBehavior: { origin }, enableLogging: true });
      new DistributionTelemetry(stack, 'Telemetry', { distribution, logs: new LogStore(stack, 'Logs') });
    });
    expect(lines(watched).filter((line) => line.includes('CFR3'))).toEqual([]);
  });

  test('leaves no stale answer behind for a distribution of another app', () => {
    const imported = review((stack) => {
      const distribution = Distribution.fromDistributionAttributes(stack, 'Other', {
        distributionId: 'E1',
        domainName: 'd1.cloudfront.net',
      });
      new DistributionTelemetry(stack, 'Telemetry', { distribution, logs: new LogStore(stack, 'Logs') });
    });
    expect(lines(imported)).toEqual([]);
  });
});
