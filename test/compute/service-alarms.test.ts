import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AlertTopics, StorefrontService } from '../../lib';
import { certificateOf, image } from '../cases/compute';
import { existingNetwork } from '../support/network';
import { templateOf } from '../support/stack';

const built = (alerted: boolean): Template =>
  templateOf((stack) => {
    const alerts = alerted ? new AlertTopics(stack, 'Alerts') : undefined;
    const network = existingNetwork(stack);
    new StorefrontService(stack, 'Shop', {
      network,
      certificate: certificateOf(stack),
      image,
      port: 9000,
      alerts,
      originFacingPrefixListId: 'pl-1',
    });
  });

const alerted = built(true);

const expectAlarm = (topic: 'Urgent' | 'Notice', properties: object): void =>
  alerted.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [{ Ref: Match.stringLikeRegexp(`^Alerts${topic}`) }],
    ...properties,
  });

test('are two without anybody to tell: those on which a deployment is rolled back', () => {
  const silent = built(false);
  silent.resourceCountIs('AWS::CloudWatch::Alarm', 2);
  silent.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.absent() });
});

test('go off when one request in twenty fails, also when there is no task left to ask', () => {
  expectAlarm('Urgent', {
    Threshold: 5,
    EvaluationPeriods: 3,
    Metrics: Match.arrayWith([
      Match.objectLike({
        Expression:
          'IF((FILL(shop, 0) + FILL(balancer, 0)) >= 5, 100 * (FILL(shop, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0)',
      }),
      Match.objectLike({
        Id: 'shop',
        MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName: 'HTTPCode_Target_5XX_Count' }) }),
      }),
      Match.objectLike({
        Id: 'balancer',
        MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName: 'HTTPCode_ELB_5XX_Count' }) }),
      }),
    ]),
  });
});

test('tell of a task that stays unhealthy, which ECS replaces', () => {
  expectAlarm('Notice', { MetricName: 'UnHealthyHostCount', Threshold: 1, EvaluationPeriods: 5, Period: 60 });
});

test('tell of slow requests', () => {
  expectAlarm('Notice', { MetricName: 'TargetResponseTime', ExtendedStatistic: 'p99', Threshold: 3 });
});

test('go off when tasks are missing, and when nobody counts them', () => {
  expectAlarm('Urgent', {
    TreatMissingData: 'breaching',
    EvaluationPeriods: 10,
    Metrics: Match.arrayWith([Match.objectLike({ Expression: 'desired - running' })]),
  });
});

test('tell of tasks that are short of processor or memory', () => {
  expectAlarm('Notice', { MetricName: 'CPUUtilization', Namespace: 'AWS/ECS', Threshold: 85 });
  expectAlarm('Notice', { MetricName: 'MemoryUtilization', Namespace: 'AWS/ECS', Threshold: 85 });
});
