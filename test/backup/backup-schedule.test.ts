import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import {
  AlertTopics,
  BackedUpKind,
  BackupSchedule,
  ObjectStore,
  OffsiteVault,
  RetentionPlan,
  type BackupScheduleProps,
} from '../../lib';
import { backUp } from '../../lib/core/backed-up';
import { ELSEWHERE, everythingToBackUp } from '../cases/backup';
import { concrete } from '../support/policy-evaluator';
import { refusal } from '../support/refusal';
import { templateOf, TODAY } from '../support/stack';

const env = { account: '111122223333', region: 'eu-central-1' };

const scheduleOf = (props: BackupScheduleProps = { copyTo: ELSEWHERE }, more?: (stack: Stack) => unknown): Template =>
  templateOf(
    (stack) => {
      more?.(stack);
      new BackupSchedule(stack, 'Backups', props);
    },
    { env },
  );

interface Rule {
  readonly RuleName: string;
  readonly Lifecycle?: { readonly DeleteAfterDays?: number };
  readonly CopyActions?: readonly { readonly Lifecycle?: { readonly DeleteAfterDays?: number } }[];
  readonly EnableContinuousBackup?: boolean;
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

type Policy = [string, { readonly Properties: { readonly PolicyDocument: { readonly Statement: Statement[] } } }];

function rulesOf(template: Template): Rule[] {
  const [plan] = Object.values(template.findResources('AWS::Backup::BackupPlan')) as {
    Properties: { BackupPlan: { BackupPlanRule: Rule[] } };
  }[];
  return plan.Properties.BackupPlan.BackupPlanRule;
}

describe('the plan', () => {
  test('backs up every day for 35 days and every month for 13, and copies each off site for as long', () => {
    expect(
      rulesOf(scheduleOf()).map(({ RuleName, Lifecycle, CopyActions = [] }) => [
        RuleName,
        Lifecycle?.DeleteAfterDays,
        CopyActions.map((copy) => copy.Lifecycle?.DeleteAfterDays),
      ]),
    ).toEqual([
      ['daily-35-days', 35, [35]],
      ['monthly-396-days', 396, [396]],
    ]);
  });

  test('writes to a vault at home and to the one off site, at the hour that somebody chose', () => {
    scheduleOf({ copyTo: ELSEWHERE, hour: 18 }).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: Match.arrayWith([
          Match.objectLike({
            ScheduleExpression: 'cron(0 18 ? * * *)',
            ScheduleExpressionTimezone: 'Etc/UTC',
            CopyActions: [
              Match.objectLike({
                DestinationBackupVaultArn: {
                  'Fn::Join': [
                    '',
                    ['arn:', { Ref: 'AWS::Partition' }, ':backup:eu-west-1:444455556666:backup-vault:acme-copies'],
                  ],
                },
              }),
            ],
          }),
        ]),
      },
    });
  });

  test('keeps nothing for ever: every backup and every copy has an end', () => {
    const retention = [RetentionPlan.daily35Days(), RetentionPlan.weekly13Weeks(), RetentionPlan.monthly13Months()];
    for (const { Lifecycle, CopyActions = [] } of rulesOf(scheduleOf({ copyTo: ELSEWHERE, retention }))) {
      for (const days of [Lifecycle?.DeleteAfterDays, ...CopyActions.map((copy) => copy.Lifecycle?.DeleteAfterDays)]) {
        expect(days).toBeGreaterThanOrEqual(35);
        expect(days).toBeLessThanOrEqual(396);
      }
    }
  });

  test('leaves point-in-time recovery to the cluster', () => {
    expect(rulesOf(scheduleOf()).filter(({ EnableContinuousBackup }) => EnableContinuousBackup)).toEqual([]);
  });
});

describe('the selection', () => {
  const conditions = (pairs: Record<string, string>): object => ({
    StringEquals: Object.entries(pairs).map(([key, ConditionValue]) => ({
      ConditionKey: `aws:ResourceTag/commerce-baseline:${key}`,
      ConditionValue,
    })),
  });

  test('asks for the tag that data of customers carries', () => {
    scheduleOf().hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { Conditions: conditions({ backup: 'customer-data' }), ListOfTags: Match.absent() },
    });
  });

  test('names the kinds of resources that there are, so that no other service is selected by a stray tag', () => {
    const resource = (text: string): object => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, text]] });
    scheduleOf().hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: {
        Resources: [
          resource(':rds:eu-central-1:111122223333:cluster:*'),
          resource(':s3:::*'),
          resource(':elasticfilesystem:eu-central-1:111122223333:file-system/*'),
          resource(':dynamodb:eu-central-1:111122223333:table/*'),
        ],
      },
    });
  });
});

describe('the role', () => {
  const policyOf = (template: Template): string => {
    const policies = template.findResources('AWS::IAM::ManagedPolicy');
    return JSON.stringify(Object.entries(policies).filter(([id]) => id.startsWith('BackupsRole')));
  };

  const statementsOf = (template: Template): Statement[] => {
    const [[, { Properties }]] = JSON.parse(policyOf(template)) as Policy[];
    return Properties.PolicyDocument.Statement;
  };

  test('holds no policy of AWS, and may be used by AWS Backup alone', () => {
    scheduleOf().hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'backup.amazonaws.com' } })] },
      ManagedPolicyArns: Match.absent(),
    });
  });

  test('has no right to data while there is nothing to back up', () => {
    expect(policyOf(scheduleOf())).not.toMatch(/"(rds|s3|dynamodb|elasticfilesystem):/);
  });

  test('gets the rights to each resource by its name, and none to delete it', () => {
    const template = scheduleOf(undefined, everythingToBackUp);
    const policy = policyOf(template);
    const statements = statementsOf(template);
    for (const [action, resource] of [
      ['rds:CreateDBClusterSnapshot', 'DatabaseCluster'],
      ['s3:GetObjectVersion', 'ObjectsBucket'],
      ['elasticfilesystem:Backup', 'FilesFileSystem'],
      ['dynamodb:StartAwsBackupJob', 'Table'],
    ]) {
      const statement = statements.find(({ Action }) => [Action].flat().includes(action));
      expect(JSON.stringify(statement?.Resource)).toContain(`"${resource}"`);
    }
    expect(policy).not.toMatch(
      /rds:DeleteDBCluster"|s3:DeleteObject|dynamodb:DeleteTable|DeleteFileSystem|iam:PassRole/,
    );
    const deletion = statements.find(({ Action }) => [Action].flat().includes('rds:DeleteDBClusterSnapshot'));
    expect(JSON.stringify(deletion?.Resource)).toMatch(/:cluster-snapshot:awsbackup:\*"/);
  });

  test('fits into one policy of IAM with a dozen tables beside everything else', () => {
    const template = templateOf(
      (stack) => {
        everythingToBackUp(stack);
        new BackupSchedule(stack, 'Backups', { copyTo: ELSEWHERE });
        for (const index of Array(12).keys()) {
          const keySchema = [{ attributeName: 'id', keyType: 'HASH' }];
          const resource = new CfnTable(stack, `Table${index}`, { keySchema });
          // As long as an ARN gets.
          const arn = `arn:aws:dynamodb:eu-central-1:111122223333:table/acme-production-privacy-Subjects-${index}-0123456789ABC`;
          backUp(stack, { kind: BackedUpKind.TABLES, resource, arn });
        }
      },
      { env },
    );
    const text = JSON.stringify(concrete(statementsOf(template)));
    expect(text.match(/:table\/acme/g)).toHaveLength(24);
    expect(text.length).toBeLessThan(6144);
  });

  test('gets the rights to what is made after the plan, too', () => {
    const template = templateOf(
      (stack) => {
        new BackupSchedule(stack, 'Backups', { copyTo: ELSEWHERE });
        new ObjectStore(stack, 'Later');
      },
      { env },
    );
    expect(policyOf(template)).toContain('"LaterBucket"');
  });
});

describe('refuses', () => {
  const expectRefused = (props: BackupScheduleProps, code: string, text: string): void => {
    expect(() => scheduleOf(props)).toThrow(refusal([code], text));
  };
  const copyTo = ELSEWHERE;
  const daily = RetentionPlan.daily35Days();

  test('to do without a copy off site when nobody says why', () => {
    expectRefused({}, 'OffsiteCopyMissing', 'copyTo is missing; it must name a vault in another Region.');
  });

  test('a copy in the Region of what is backed up', () => {
    const near = OffsiteVault.existing({ vaultName: 'near', ...env });
    expectRefused({ copyTo: near }, 'OffsiteVaultAtHome', 'copyTo is "eu-central-1"; it must stand in another Region');
  });

  test('to take the point-in-time recovery of a database over, and says how buckets can have it', () => {
    const retention = [daily, RetentionPlan.continuous35Days()];
    expectRefused({ copyTo, retention }, 'ContinuousBackupOfDatabase', 'kinds: [BackedUpKind.OBJECTS]');
    const kinds = [BackedUpKind.OBJECTS];
    const rules = rulesOf(scheduleOf({ copyTo, retention, kinds }));
    expect(rules.map(({ EnableContinuousBackup }) => EnableContinuousBackup)).toEqual([undefined, true]);
  });

  test('to back up less often than every day', () => {
    expectRefused({ copyTo, retention: [RetentionPlan.weekly13Weeks()] }, 'DailyBackupMissing', '["weekly-91-days"]');
  });

  test('a plan twice', () => {
    expectRefused({ copyTo, retention: [daily, daily] }, 'RetentionTwice', 'one plan of each rhythm');
    const longer = RetentionPlan.daily(Duration.days(90));
    expectRefused({ copyTo, retention: [daily, longer] }, 'RetentionTwice', 'daily-90-days');
  });

  test('an hour that does not exist', () => {
    expectRefused(
      { copyTo, hour: 24 },
      'BackupHourInvalid',
      'hour is 24; it must be a whole hour from 0 to 23, in UTC',
    );
  });

  test('times that a locked vault would refuse each night', () => {
    const bounds = { minRetention: Duration.days(60), maxRetention: Duration.days(90) };
    expectRefused(
      { copyTo: OffsiteVault.existing({ vaultName: 'x', account: '444455556666', region: 'eu-west-1', ...bounds }) },
      'RetentionOutsideLock',
      'retention is ["daily-35-days","monthly-396-days"]; it must keep copies from 60 to 90 days: the vault off site',
    );
  });

  test.each([6, 401, 7.5])('to keep daily backups for %s days', (days) => {
    const retention = [RetentionPlan.daily(Duration.hours(days * 24))];
    expect(() => scheduleOf({ copyTo, retention })).toThrow('from 7 to 400. Write Duration.days(35)');
  });
});

describe('alarms', () => {
  const watched = scheduleOf(undefined, (stack) => {
    everythingToBackUp(stack);
    new AlertTopics(stack, 'Unused');
  });
  const told = templateOf(
    (stack) => {
      everythingToBackUp(stack);
      new BackupSchedule(stack, 'Backups', { copyTo: ELSEWHERE, alerts: new AlertTopics(stack, 'Alerts') });
    },
    { env },
  );

  // The shape that the service documents: namespace, metric, and the vault's name as the dimension.
  test.each([
    ['NumberOfBackupJobsCompleted', Match.stringLikeRegexp('^foreign-'), 'fewer backups were made'],
    ['NumberOfCopyJobsCompleted', 'acme-copies', 'fewer backups were copied off site'],
  ])(
    'tell when %s is below the number of resources for two days, and when there is no number at all',
    (name, vault, text) => {
      told.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'AWS/Backup',
        MetricName: name,
        Dimensions: [{ Name: 'BackupVaultName', Value: vault }],
        Statistic: 'Sum',
        Period: 86400,
        EvaluationPeriods: 2,
        Threshold: 4,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
        ActionsEnabled: true,
        AlarmDescription: Match.stringLikeRegexp(`^\\[notice\\] .*${text}`),
        AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }],
      });
    },
  );

  test('tell of a backup that failed, did not begin, was stopped or is incomplete, in this vault', () => {
    told.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Backup Job State Change'],
        detail: {
          backupVaultName: [Match.stringLikeRegexp('^foreign-')],
          state: ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'],
        },
      },
      Targets: [Match.objectLike({ InputTransformer: Match.anyValue(), DeadLetterConfig: Match.anyValue() })],
    });
  });

  test('tell of a copy that failed or is incomplete', () => {
    told.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'detail-type': ['Copy Job State Change'],
        detail: { sourceBackupVaultArn: [Match.anyValue()], state: ['FAILED', 'PARTIAL'] },
      },
    });
  });

  test('are none where nobody would hear them', () => {
    watched.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { Namespace: 'AWS/Backup' }, 0);
  });
});

test('copies to a vault of another stack without a reference to it', () => {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const home = new Stack(app, 'Home', { env });
  const away = new Stack(app, 'Away', { env: { account: '444455556666', region: 'eu-west-1' } });
  const copyTo = new OffsiteVault(away, 'Offsite', { sourceAccount: env.account });
  new BackupSchedule(home, 'Backups', { copyTo });
  const text = JSON.stringify(Template.fromStack(home).toJSON());
  expect(text).toContain(`:backup:eu-west-1:444455556666:backup-vault:${copyTo.vaultName}`);
  expect(text).not.toMatch(/Fn::GetStackOutput|Fn::ImportValue/);
  expect(Template.fromStack(away).toJSON().Outputs).toBeUndefined();
});
