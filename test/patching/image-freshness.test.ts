import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { AlertTopics, ImageFreshness, type ImageFreshnessProps } from '../../lib';
import { createHandler } from '../../lib/patching/handlers/report-image-ages';
import { refusal } from '../support/refusal';
import { templateOf } from '../support/stack';

const freshness = (props: Partial<ImageFreshnessProps> = {}): Template =>
  templateOf((stack) => {
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'] });
    const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'acme', vpc });
    new ImageFreshness(stack, 'Freshness', { cluster, alerts: new AlertTopics(stack, 'Alerts'), ...props });
  });

const environmentOf = (template: Template): Record<string, unknown> => {
  const [reporter] = Object.values(template.findResources('AWS::Lambda::Function'));
  return (reporter as { Properties: { Environment: { Variables: Record<string, unknown> } } }).Properties.Environment
    .Variables;
};

const statementsOf = (template: Template): Record<string, unknown>[] =>
  Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
    (each) =>
      (each as { Properties: { PolicyDocument: { Statement: Record<string, unknown>[] } } }).Properties.PolicyDocument
        .Statement,
  );

const actionsOf = (template: Template): string[] =>
  statementsOf(template)
    .flatMap(({ Action }) => Action as string | string[])
    .filter((action) => !/^(kms|logs|sqs|xray):/.test(action))
    .sort();

test('reports every day, and a run that fails ends where somebody is told', () => {
  freshness().hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'cron(45 5 * * ? *)',
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FreshnessReporterFunction'), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FreshnessReporterDeadLetters'), 'Arn'] } },
      }),
    ],
  });
});

test('may read one cluster, images and findings, write into its namespace, and tell one topic', () => {
  const template = freshness();
  expect(actionsOf(template)).toEqual([
    'cloudwatch:PutMetricData',
    'ecr:BatchGetImage',
    'ecr:DescribeImages',
    'ecs:DescribeTasks',
    'ecs:ListTasks',
    'inspector2:ListCoverage',
    'inspector2:ListFindings',
    'sns:Publish',
  ]);
  const about = (action: string): Record<string, unknown> | undefined =>
    statementsOf(template).find(({ Action }) => [Action].flat().includes(action));
  expect(about('cloudwatch:PutMetricData')?.Condition).toEqual({
    StringEquals: { 'cloudwatch:namespace': 'CommerceBaseline/Patching' },
  });
  expect(JSON.stringify(about('ecs:ListTasks')?.Condition)).toMatch(/"ArnEquals":\{"ecs:cluster":.*:cluster\/acme/);
  expect(JSON.stringify(about('ecs:DescribeTasks')?.Resource)).toContain(':task/acme/*');
});

test('asks Inspector nothing where it does not scan', () => {
  const template = freshness({ inspected: false });
  expect(actionsOf(template).filter((action) => action.startsWith('inspector2'))).toEqual([]);
  expect(environmentOf(template).SCANNED).toBe('no');
  expect(environmentOf(freshness()).SCANNED).toBe('yes');
});

test('its alarms look at a metric that its function publishes with what the template tells it', async () => {
  const template = freshness();
  const published: PutMetricDataCommand['input'][] = [];
  const digest = `sha256:${'a'.repeat(64)}`;
  const image = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop@${digest}`;
  const answers: Record<string, unknown> = {
    ListTasksCommand: { taskArns: ['task/1'] },
    DescribeTasksCommand: {
      tasks: [{ lastStatus: 'RUNNING', containers: [{ name: 'shop', image, imageDigest: digest }] }],
    },
  };
  const send = (command: object): Promise<unknown> => {
    if (command instanceof PutMetricDataCommand) {
      published.push(command.input);
    }
    return Promise.resolve(answers[command.constructor.name] ?? {});
  };
  const texts = Object.fromEntries(
    Object.entries(environmentOf(template)).map(([name, value]) => [name, typeof value === 'string' ? value : name]),
  );
  const service = { send };
  await createHandler(
    {
      ecs: service,
      ecr: service,
      inspector: service,
      cloudWatch: service,
      sns: service,
      s3: service,
      now: () => new Date(),
    },
    { ...texts, ACCOUNT: '111122223333', AWS_REGION: 'eu-central-1' },
  )();
  for (const id of ['OverLimit', 'Silent']) {
    const [alarm] = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).filter(([name]) =>
      name.includes(id),
    );
    const { Namespace, MetricName, Dimensions } = alarm[1].Properties as Record<string, unknown>;
    expect(published.map((each) => each.Namespace)).toEqual([Namespace]);
    expect(published.flatMap(({ MetricData = [] }) => MetricData)).toContainEqual(
      expect.objectContaining({ MetricName, Dimensions }),
    );
  }
});

test('silence for two days is an alarm, and so is one image over its limit', () => {
  const template = freshness();
  const common = { MetricName: 'ImagesOverLimit', Threshold: 1, Period: 86_400 };
  const AlarmActions = [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }];
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    ...common,
    Statistic: 'SampleCount',
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 2,
    TreatMissingData: 'breaching',
    AlarmActions,
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    ...common,
    Statistic: 'Maximum',
    EvaluationPeriods: 1,
    AlarmActions,
  });
});

test('takes shorter limits', () => {
  const environment = environmentOf(freshness({ imageDays: 14, limits: { criticalDays: 2 } }));
  expect(environment).toMatchObject({ IMAGE_DAYS: '14', CRITICAL_DAYS: '2', HIGH_DAYS: '30' });
  expect(environmentOf(freshness())).toMatchObject({ IMAGE_DAYS: '30' });
});

test.each([0, 91, 1.5])('refuses %p days', (imageDays) => {
  expect(() => freshness({ imageDays })).toThrow(refusal(['ImageAgeOutOfRange'], 'imageDays'));
});

test('refuses a limit that PCI DSS refuses', () => {
  expect(() => freshness({ limits: { highDays: 31 } })).toThrow(refusal(['FindingLimitOutOfRange'], 'limits.'));
});
