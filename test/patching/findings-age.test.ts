import { Match, type Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  DataClass,
  DataKey,
  FindingsAge,
  ImageFreshness,
  LogStore,
  StoreEnvironment,
  type FindingsAgeProps,
} from '../../lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { belongsTo } from '../../lib/core/identity';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { createHandler } from '../../lib/patching/handlers/report-findings-age';
import { pipelineIn } from '../cases/patching';
import { refusal } from '../support/refusal';
import { templateOf } from '../support/stack';

const ageOf = (props: Partial<FindingsAgeProps> = {}): Template =>
  templateOf((stack) => {
    belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
    const evidence = new LogStore(stack, 'Evidence', { key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }) });
    new FindingsAge(stack, 'Findings', { evidence, alerts: new AlertTopics(stack, 'Alerts'), ...props });
  });

const environmentOf = (template: Template): Record<string, unknown> => {
  const [reporter] = Object.values(template.findResources('AWS::Lambda::Function'));
  return (reporter as { Properties: { Environment: { Variables: Record<string, unknown> } } }).Properties.Environment
    .Variables;
};

test('reports every day, and a run that fails ends where somebody is told', () => {
  const template = ageOf();
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'cron(15 5 * * ? *)',
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FindingsReporterFunction'), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FindingsReporterDeadLetters'), 'Arn'] } },
      }),
    ],
  });
});

test('may read findings, write under its own prefix and into its namespace, and tell one topic', () => {
  const [policy] = Object.values(ageOf().findResources('AWS::IAM::ManagedPolicy')).map(
    (resource) => (resource as { Properties: { PolicyDocument: { Statement: Record<string, unknown>[] } } }).Properties,
  );
  const statements = policy.PolicyDocument.Statement;
  const allowed = new Set(statements.flatMap(({ Action }) => Action as string | string[]));
  expect([...allowed].filter((action) => !/^(kms|logs|sqs|xray):/.test(action)).sort()).toEqual([
    'cloudwatch:PutMetricData',
    'inspector2:BatchGetAccountStatus',
    'inspector2:ListCoverage',
    'inspector2:ListFindings',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'sns:Publish',
  ]);
  const metrics = statements.find(({ Action }) => Action === 'cloudwatch:PutMetricData');
  expect(metrics?.Condition).toEqual({ StringEquals: { 'cloudwatch:namespace': 'CommerceBaseline/Patching' } });
  expect(JSON.stringify(statements.find(({ Action }) => String(Action).includes('s3:PutObject')))).toContain(
    '/patching/findings/acme-production/*',
  );
});

test('its alarms look at a metric that its function publishes with what the template tells it', async () => {
  const template = ageOf();
  const settings = environmentOf(template);
  const published: PutMetricDataCommand['input'][] = [];
  const answers: Record<string, unknown> = {
    BatchGetAccountStatusCommand: {
      accounts: [{ resourceState: { ecr: { status: 'ENABLED' }, lambda: { status: 'ENABLED' } } }],
    },
    GetObjectCommand: { Body: { transformToString: () => Promise.resolve('{}') } },
  };
  const send = (command: object): Promise<unknown> => {
    if (command instanceof PutMetricDataCommand) {
      published.push(command.input);
    }
    return Promise.resolve(answers[command.constructor.name] ?? {});
  };
  const service = { send };
  const texts = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? value : name]),
  );
  const services = { inspector: service, s3: service, cloudWatch: service, sns: service, now: () => new Date() };
  await createHandler(services, texts)();
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

test('silence for two days is an alarm, and so is one finding over its limit', () => {
  const template = ageOf();
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'FindingsOverLimit',
    Statistic: 'SampleCount',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 86_400,
    EvaluationPeriods: 2,
    TreatMissingData: 'breaching',
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }],
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'FindingsOverLimit',
    Statistic: 'Maximum',
    Threshold: 1,
    EvaluationPeriods: 1,
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }],
  });
});

test('takes shorter limits', () => {
  const { CRITICAL_DAYS, HIGH_DAYS } = environmentOf(ageOf({ limits: { criticalDays: 2 } }));
  expect([CRITICAL_DAYS, HIGH_DAYS]).toEqual(['2', '30']);
});

test.each([{ criticalDays: 31 }, { criticalDays: 0 }, { highDays: 1.5 }])('refuses %j', (limits) => {
  expect(() => ageOf({ limits })).toThrow(refusal(['FindingLimitOutOfRange'], 'limits.'));
});

/** What `functionId` is told of the ledger, and what its role may do with it. */
const readingOf = (template: Template, functionId: RegExp): { told: unknown; allowed: Record<string, unknown>[] } => {
  const [[, reader]] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) =>
    functionId.test(id),
  );
  const { LEDGER_BUCKET, LEDGER_KEY } = (reader.Properties as { Environment: { Variables: Record<string, unknown> } })
    .Environment.Variables;
  const [role] = (reader.Properties as { Role: { 'Fn::GetAtt': string[] } }).Role['Fn::GetAtt'];
  const allowed = Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
    .map(({ Properties }) => Properties as { Roles: { Ref: string }[]; PolicyDocument: { Statement: never[] } })
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Record<string, unknown>[])
    .filter(({ Action }) => String(Action).includes('s3:'));
  return { told: { LEDGER_BUCKET, LEDGER_KEY }, allowed };
};

describe('the ledger', () => {
  const template = templateOf((stack) => {
    belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
    const evidence = new LogStore(stack, 'Evidence', { key: new DataKey(stack, 'Key', { dataClass: DataClass.LOGS }) });
    const findings = new FindingsAge(stack, 'Findings', { evidence });
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'] });
    const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'acme', vpc });
    new ImageFreshness(stack, 'Freshness', { cluster, findings });
    new ImageFreshness(stack, 'Unscanned', { cluster, findings, inspected: false });
    new ImageFreshness(stack, 'Alone', { cluster });
    pipelineIn(stack, { evidence, findings });
  });
  const key = 'patching/findings/acme-production/ledger.json';

  test('lies where the report writes it', async () => {
    const written: unknown[] = [];
    const service = {
      send: (command: object): Promise<unknown> => {
        written.push(command instanceof PutObjectCommand ? command.input.Key : undefined);
        return Promise.resolve({
          accounts: [{ resourceState: { ecr: { status: 'ENABLED' }, lambda: { status: 'ENABLED' } } }],
          Body: { transformToString: () => Promise.resolve('{}') },
        });
      },
    };
    const [[, { Properties }]] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) =>
      id.startsWith('FindingsReporter'),
    );
    const { Variables } = (Properties as { Environment: { Variables: Record<string, unknown> } }).Environment;
    const settings = { ...Variables, BUCKET: 'evidence', TOPIC: '' };
    const services = { inspector: service, s3: service, cloudWatch: service, sns: service, now: () => new Date() };
    await createHandler(services, settings)();
    expect(written).toContain(key);
  });

  test.each([
    ['an image that runs', /^FreshnessReporter/],
    ['an image that is to run', /^ImagesJudge/],
  ])('is read by who judges %s, and nothing else of the evidence is', (_, functionId) => {
    const { told, allowed } = readingOf(template, functionId);
    const bucket = { 'Fn::GetAtt': [Match.stringLikeRegexp('^EvidenceBucket'), 'Arn'] };
    expect(told).toEqual({
      LEDGER_BUCKET: { Ref: expect.stringMatching(/^EvidenceBucket/) as string },
      LEDGER_KEY: key,
    });
    expect(allowed).toHaveLength(2);
    expect(JSON.stringify(allowed[0])).toMatch(RegExp(`"s3:GetObject".*EvidenceBucket[^"]*","Arn"\\]},"/${key}"`));
    expect(allowed[1]).toMatchObject({
      Action: 's3:ListBucket',
      Condition: { StringEquals: { 's3:prefix': key } },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Roles: [{ Ref: Match.stringLikeRegexp(functionId.source) }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:ListBucket', Resource: bucket }),
          Match.objectLike({
            Action: 'kms:Decrypt',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
          }),
        ]),
      },
    });
  });

  test.each([/^UnscannedReporter/, /^AloneReporter/])(
    'is not read where there is none, or nothing is scanned: %s',
    (id) => {
      expect(readingOf(template, id)).toEqual({ told: { LEDGER_BUCKET: '', LEDGER_KEY: '' }, allowed: [] });
    },
  );
});
