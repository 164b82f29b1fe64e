import { Match, type Template } from 'aws-cdk-lib/assertions';
import { type Stack } from 'aws-cdk-lib';
import { StoreEnvironment, AlertHeartbeat, AlertTopics, Weekday, type AlertHeartbeatProps } from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { refusal } from '../support/refusal';
import { templateOf } from '../support/stack';

type Choices = Omit<AlertHeartbeatProps, 'alerts'>;

function beating(choices: Choices = {}, prepare: (stack: Stack) => void = () => undefined): Template {
  return templateOf((stack) => {
    prepare(stack);
    new AlertHeartbeat(stack, 'Heartbeat', { ...choices, alerts: new AlertTopics(stack, 'Alerts') });
  });
}

const CHANNELS = [
  ['Urgent', 'Notice', 'notice'],
  ['Notice', 'Urgent', 'urgent'],
] as const;

test.each(CHANNELS)('sends a message to the %s topic every Monday, in the middle of an hour in UTC', (channel) => {
  beating().hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(30 9 ? * MON *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: { Ref: Match.stringLikeRegexp(`^Alerts${channel}`) } },
  });
});

test('may publish to both topics and use their key, and nothing else', () => {
  const [policy, ...others] = Object.values(beating().findResources('AWS::IAM::ManagedPolicy'));
  const { Statement } = (policy as { Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } } })
    .Properties.PolicyDocument;
  expect(others).toEqual([]);
  const actions = Statement.flatMap(({ Action }) => Action);
  expect(actions.sort()).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'sns:Publish', 'sns:Publish']);
});

test('says whose test it is, that nothing is wrong, and when the next one comes', () => {
  const inStore = (stack: Stack): void => belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
  const schedules = beating({ weekday: Weekday.THURSDAY, hour: 1 }, inStore).findResources('AWS::Scheduler::Schedule');
  const texts = Object.values(schedules).map((schedule) => JSON.stringify(schedule));
  expect(texts).toHaveLength(2);
  for (const text of texts) {
    expect(text).toContain('Weekly test of the alarms of acme (production) in ');
    expect(text).toContain('Nothing is wrong.');
    expect(text).toContain('due at <aws.scheduler.scheduled-time>; the next one comes on Thursday at 01:30 UTC');
  }
});

test.each(CHANNELS)(
  'tells of a week in which the %s topic reached nobody, on the topic %s',
  (channel, other, urgency) => {
    const topic = Match.stringLikeRegexp(`^Alerts${channel}`);
    beating().hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NumberOfNotificationsDelivered',
      Dimensions: [{ Name: 'TopicName', Value: { 'Fn::GetAtt': [topic, 'TopicName'] } }],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      // Seven days are the most that CloudWatch looks back.
      Period: 86_400,
      EvaluationPeriods: 7,
      AlarmDescription: Match.stringLikeRegexp(`^\\[${urgency}\\] The ${channel} topic has reached nobody`),
      AlarmActions: [{ Ref: Match.stringLikeRegexp(`^Alerts${other}`) }],
    });
  },
);

test.each(CHANNELS)('tells of single messages of the %s topic that SNS could not hand over', (channel) => {
  beating().hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'NumberOfNotificationsFailed',
    Dimensions: [
      { Name: 'TopicName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^Alerts${channel}`), 'TopicName'] } },
    ],
    Threshold: 1,
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }],
  });
});

test.each([-1, 24, 1.5])('refuses %p as an hour', (hour) => {
  expect(() => beating({ hour })).toThrow(
    refusal(['HeartbeatHourInvalid'], `hour is ${hour}; it must be a whole hour`),
  );
});
