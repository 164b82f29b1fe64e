import { Duration } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  AlertTopics,
  CustomerDatabase,
  DataClass,
  DataKey,
  LogStore,
  RestoreTest,
  RetainedVault,
  StoreEnvironment,
  Waiver,
  Weekday,
  type RestoreTestProps,
} from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { WORKFLOW_ACTIONS } from '../../lib/core/workflow';
import { CONSTRUCTS } from '../cases';
import { alarmsIn, boundOf } from '../support/alarms';
import { existingNetwork } from '../support/network';
import { refusal } from '../support/refusal';
import { rightsOf, rightsThatStepsTake } from '../support/rights';
import { foreignStack, templateOf } from '../support/stack';

const PLAN = 'AWS::Backup::RestoreTestingPlan';
const SELECTION = 'AWS::Backup::RestoreTestingSelection';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';

/** Nothing of a schedule is looked at here. */
const withoutBackup = Waiver.because('The vault is filled elsewhere', { owner: 'platform@acme.example' });

const testOf = (props: Partial<RestoreTestProps> = {}): Template =>
  templateOf((stack) => {
    belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
    const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
    new RestoreTest(stack, 'RestoreTest', {
      database: new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack), readers: 0, withoutBackup }),
      vault: new RetainedVault(stack, 'Vault'),
      evidence: new LogStore(stack, 'Evidence', { key }),
      alerts: new AlertTopics(stack, 'Alerts'),
      key,
      ...props,
    });
  });

const template = testOf();

test('restores the newest snapshot of the vault every Sunday', () => {
  template.hasResourceProperties(PLAN, {
    RestoreTestingPlanName: Match.stringLikeRegexp('^acme_production_[0-9a-f]{8}$'),
    ScheduleExpression: 'cron(0 8 ? * SUN *)',
    StartWindowHours: 2,
    RecoveryPointSelection: {
      Algorithm: 'LATEST_WITHIN_WINDOW',
      RecoveryPointTypes: ['SNAPSHOT'],
      IncludeVaults: [
        { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':backup-vault:acme-production-')])] },
      ],
    },
  });
  testOf({ weekday: Weekday.MONDAY, hour: 23 }).hasResourceProperties(PLAN, {
    ScheduleExpression: 'cron(0 23 ? * MON *)',
  });
});

test('restores into the data zone, with the parameters and the key of the database, in a group of its own', () => {
  template.hasResourceProperties(SELECTION, {
    ProtectedResourceType: 'Aurora',
    RestoreMetadataOverrides: {
      dbSubnetGroupName: { Ref: Match.stringLikeRegexp('^DatabaseSubnetGroup') },
      dbClusterParameterGroupName: { Ref: Match.stringLikeRegexp('^DatabaseParameters') },
      kmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DatabaseKey'), 'Arn'] },
      vpcSecurityGroupIds: {
        'Fn::Join': [
          '',
          ['["', { 'Fn::GetAtt': [Match.stringLikeRegexp('^RestoreTestSecurityGroup'), 'GroupId'] }, '"]'],
        ],
      },
      enableIamDatabaseAuthentication: 'true',
    },
  });
});

test('lets nobody connect to what is restored, and it calls nobody', () => {
  template.resourceCountIs(INGRESS, 0);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: 'What is restored for a test: nobody but the check may connect',
    SecurityGroupIngress: Match.absent(),
    SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
  });
});

test('lets the check alone connect, where there is one', () => {
  const loaded = templateOf((stack) => CONSTRUCTS.RestoreTest?.loaded(stack));
  const rules = Object.values(loaded.findResources(INGRESS))
    .map(({ Properties }) => JSON.stringify(Properties))
    .filter((rule) => /"GroupId":{"Fn::GetAtt":\["(Expected)?RestoreTestSecurityGroup/.test(rule));
  const sources = rules.map((rule) => /"SourceSecurityGroupId":{"Fn::GetAtt":\["([A-Za-z]+)/.exec(rule)?.[1]);
  expect(sources).toEqual([
    expect.stringMatching(/^CheckGroup/),
    expect.stringMatching(/^ExpectedRestoreTestRowsCheckSecurityGroup/),
  ]);
  expect(rules.every((rule) => rule.includes('"FromPort":5433,') && rule.includes('"ToPort":5433'))).toBe(true);
});

test('an event and every hour begin the same, and what cannot be begun is kept', () => {
  const target = {
    Arn: { Ref: Match.stringLikeRegexp('^RestoreTestWatchStateMachine') },
    DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RestoreTestJudgeDeadLetters'), 'Arn'] } },
  };
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 hour)',
    Targets: [Match.objectLike(target)],
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.backup'],
      'detail-type': ['Restore Job State Change'],
      detail: {
        restoreTestingPlanArn: [
          { 'Fn::GetAtt': [Match.stringLikeRegexp('^RestoreTestPlan'), 'RestoreTestingPlanArn'] },
        ],
        status: ['COMPLETED', 'FAILED', 'ABORTED'],
      },
    },
    Targets: [Match.objectLike(target)],
  });
});

test('what changes anything in RDS is bound to names that AWS Backup gives to tests', () => {
  interface Statement {
    readonly Action: string | string[];
    readonly Resource: unknown;
  }
  const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) =>
    id.startsWith('RestoreTest'),
  );
  const statements = policies.flatMap(
    ([, { Properties }]) => (Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement,
  );
  const changing = statements.filter(({ Action }) => /rds:(Create|Modify|Delete|Restore)/.test([Action].flat().join()));
  expect(changing.length).toBeGreaterThanOrEqual(4);
  for (const { Action, Resource } of changing) {
    const resources = [Resource].flat().map((each) => JSON.stringify(each));
    const data = resources.filter((each) => /:(cluster|db):/.test(each));
    expect([
      Action,
      data.length > 0,
      data.every((each) => /:(cluster|db):awsbackup-restore-test\*"/.test(each)),
    ]).toEqual([Action, true, true]);
  }
});

test.each([
  {
    what: 'the test',
    stateMachine: /^RestoreTestStateMachine/,
    role: /^RestoreTestRole/,
    // What is restored, and the records of it, are encrypted.
    besides: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  },
  { what: 'the watch', stateMachine: /WatchStateMachine/, role: /WatchRole/, besides: [] },
])('the steps of $what may do what they are made of, and no more', ({ stateMachine, role, besides }) => {
  expect(rightsOf(template, role)).toEqual(
    [...rightsThatStepsTake(template, stateMachine), ...besides, ...WORKFLOW_ACTIONS].sort(),
  );
});

test('tells of what failed, was silent, was left over, was slow or was old', () => {
  const alarms = alarmsIn(template, /^RestoreTest(?!Judge)/);
  expect(alarms.map(boundOf)).toEqual([
    ['ExecutionsFailed + ExecutionsTimedOut + ExecutionsAborted', 1, 'notBreaching'],
    ['DaysSinceRestoreTest', 8, 'breaching'],
    ['RestoreTestLeftovers', 1, 'notBreaching'],
    ['RecoveryTimeSeconds', 4 * 3600 + 1, 'notBreaching'],
    ['RecoveryPointSeconds', 26 * 3600 + 1, 'notBreaching'],
  ]);
  const own = alarms.filter(({ Namespace }) => Namespace === 'CommerceBaseline/Recovery');
  expect(own.map(({ Dimensions }) => Dimensions)).toEqual(Array(4).fill([{ Name: 'Store', Value: 'acme-production' }]));
});

test('alarms are of metrics that the functions write', () => {
  const [{ Properties }] = Object.entries(template.findResources('AWS::Lambda::Function'))
    .filter(([id]) => id.startsWith('RestoreTestJudge'))
    .map(([, resource]) => resource as { Properties: { Environment: { Variables: Record<string, unknown> } } });
  expect(Properties.Environment.Variables).toMatchObject({
    STORE: 'acme-production',
    PARAMETER_GROUP: { Ref: expect.stringMatching(/^DatabaseParameters/) as string },
    RECOVERY_TIME: '14400',
    RECOVERY_POINT: '93600',
  });
});

test.each([
  [{ hour: 24 }, 'RestoreTestHourInvalid'],
  [{ hour: 2.5 }, 'RestoreTestHourInvalid'],
  [{ objectives: { time: Duration.seconds(59), point: Duration.hours(1) } }, 'RecoveryObjectiveInvalid'],
  [{ objectives: { time: Duration.hours(1), point: Duration.seconds(0) } }, 'RecoveryObjectiveInvalid'],
])('refuses %p', (props, code) => {
  expect(() => testOf(props)).toThrow(refusal([code], 'RestoreTest'));
});

test('refuses a check that could not reach what is restored', () => {
  const check = LambdaFunction.fromFunctionName(foreignStack(), 'Check', 'check');
  expect(() => testOf({ check })).toThrow(refusal(['CheckOutsideNetwork'], 'Place the function in the VPC'));
});
