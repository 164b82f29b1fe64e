import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { Match } from 'aws-cdk-lib/assertions';
import { AlertTopics, HostPatching, PatchCalendar } from '../../lib';
import { createHandler } from '../../lib/patching/handlers/report-hosts';
import { templateOf } from '../support/stack';

const GROUP = 'Foreign-HostPatching';

const template = templateOf((stack) => {
  const alerts = new AlertTopics(stack, 'Alerts');
  new HostPatching(stack, 'HostPatching', { calendar: new PatchCalendar(stack, 'Calendar'), alerts });
});

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the role of the reporter may do beside what every function may. */
const statements = Object.values(
  template.findResources('AWS::IAM::ManagedPolicy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^HostPatchingReportReporterRole') }] },
  }),
)
  .flatMap(
    (policy) =>
      (policy as { Properties: { PolicyDocument: { Statement: Statement[] } } }).Properties.PolicyDocument.Statement,
  )
  .filter(({ Action }) => ![Action].flat().every((action) => /^(kms|logs|sqs|xray):/.test(action)));

const environment = (
  Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Description: 'Says which hosts are not patched' },
    }),
  )[0] as { Properties: { Environment: { Variables: Record<string, unknown> } } }
).Properties.Environment.Variables;

const alarmOf = (id: string): Record<string, unknown> => {
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
  const found = alarms.find(([name]) => name.startsWith(`HostPatchingReport${id}Alarm`));
  return (found?.[1] as { Properties: Record<string, unknown> }).Properties;
};

test('reports every day, and a run that fails ends where somebody is told', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'cron(30 5 * * ? *)',
    State: 'ENABLED',
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HostPatchingReportReporterFunction'), 'Arn'] },
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HostPatchingReportReporterDeadLetters'), 'Arn'] },
        },
      }),
    ],
  });
});

test('may read hosts, their states and commands, write into its namespace, and tell one topic', () => {
  expect(statements).toEqual([
    {
      Effect: 'Allow',
      Action: ['ec2:DescribeInstances', 'ssm:DescribeInstancePatchStates', 'ssm:ListCommands'],
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'CommerceBaseline/Patching' } },
    },
    { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: expect.stringMatching('^AlertsNotice') as string } },
  ]);
});

test('looks for the tag that hosts get, and for scans with the baseline of its patch group', () => {
  expect(environment).toMatchObject({
    TAG: 'PatchGroup',
    PATCH_GROUP: GROUP,
    BASELINE: { Ref: expect.stringMatching('^HostPatchingBaseline') as string },
    DOCUMENT: 'AWS-RunPatchBaseline',
    SCAN_DAYS: '2',
    PATCH_DAYS: '7',
    TOPIC: { Ref: expect.stringMatching('^AlertsNotice') as string },
  });
});

test('its alarms look at a metric that its function publishes with what the template tells it', async () => {
  const published: PutMetricDataCommand['input'][] = [];
  const send = (command: object): Promise<unknown> => {
    if (command instanceof PutMetricDataCommand) {
      published.push(command.input);
    }
    return Promise.resolve({});
  };
  const texts = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, typeof value === 'string' ? value : name]),
  );
  const service = { send };
  await createHandler(
    { ec2: service, ssm: service, cloudWatch: service, sns: service, now: () => new Date() },
    texts,
  )();
  for (const { Namespace, MetricName, Dimensions } of [alarmOf('OverLimit'), alarmOf('Silent')]) {
    expect(published.map((each) => each.Namespace)).toEqual([Namespace]);
    expect(published.flatMap(({ MetricData = [] }) => MetricData)).toContainEqual(
      expect.objectContaining({ MetricName, Dimensions }),
    );
  }
});

test('silence for two days is an alarm, and so is one host over its limit', () => {
  const common = {
    MetricName: 'HostsOverLimit',
    Threshold: 1,
    Period: 86_400,
    AlarmActions: [{ Ref: expect.stringMatching('^AlertsNotice') as string }],
  };
  expect(alarmOf('Silent')).toMatchObject({
    ...common,
    Statistic: 'SampleCount',
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 2,
    TreatMissingData: 'breaching',
  });
  expect(alarmOf('OverLimit')).toMatchObject({ ...common, Statistic: 'Maximum', EvaluationPeriods: 1 });
});

test('without anybody to tell it still measures', () => {
  const silent = templateOf((stack) => {
    new HostPatching(stack, 'HostPatching', { calendar: new PatchCalendar(stack, 'Calendar') });
  });
  silent.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(30 5 * * ? *)' });
  silent.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ PATCH_GROUP: GROUP, TOPIC: '' }) },
  });
});
