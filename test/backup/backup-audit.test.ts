import { Match, type Template } from 'aws-cdk-lib/assertions';
import { BackupAudit, DataClass, DataKey, LogStore, OffsiteVault } from '../../lib';
import { concrete, isAllowed, type Statement } from '../support/policy-evaluator';
import { templateOf } from '../support/stack';

const env = { account: '111122223333', region: 'eu-central-1' };
const auditOf = (account?: string): Template =>
  templateOf(
    (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      const copyTo =
        account === undefined ? undefined : OffsiteVault.existing({ vaultName: 'x', account, region: 'eu-west-1' });
      new BackupAudit(stack, 'Audit', { reports: new LogStore(stack, 'Reports', { key }), copyTo });
    },
    { env },
  );

const controlsOf = (template: Template): string[] => {
  const [framework] = Object.values(template.findResources('AWS::Backup::Framework')) as {
    Properties: { FrameworkControls: { ControlName: string }[] };
  }[];
  return framework.Properties.FrameworkControls.map(({ ControlName }) => ControlName);
};

test('asks for copies in another account where there is one', () => {
  expect(controlsOf(auditOf())).not.toContain('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT');
  expect(controlsOf(auditOf(env.account))).not.toContain('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT');
  expect(controlsOf(auditOf('444455556666'))).toContain('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT');
});

test('asks it of what carries the tag, and asks of every backup that it is kept for 35 days', () => {
  const template = auditOf();
  template.hasResourceProperties('AWS::Backup::Framework', {
    FrameworkControls: Match.arrayWith([
      Match.objectLike({
        ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
        // AWS takes a tag or types of resources.
        ControlScope: { Tags: [{ Key: 'commerce-baseline:backup', Value: 'customer-data' }] },
      }),
      Match.objectLike({
        ControlName: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
        ControlInputParameters: [{ ParameterName: 'requiredRetentionDays', ParameterValue: '35' }],
      }),
    ]),
  });
});

test('reports backups, copies, restores and compliance every day', () => {
  const plans = Object.values(auditOf().findResources('AWS::Backup::ReportPlan')) as {
    Properties: { ReportSetting: { ReportTemplate: string } };
  }[];
  expect(plans.map(({ Properties }) => Properties.ReportSetting.ReportTemplate)).toEqual([
    'BACKUP_JOB_REPORT',
    'COPY_JOB_REPORT',
    'RESTORE_JOB_REPORT',
    'RESOURCE_COMPLIANCE_REPORT',
  ]);
});

describe('the place of its reports', () => {
  const template = auditOf();
  const writer = `arn:aws:iam::${env.account}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`;
  const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const policies = Object.values(template.findResources('AWS::S3::BucketPolicy')) as {
    Properties: { PolicyDocument: { Statement: unknown } };
  }[];
  const statements = policies.map(({ Properties }) => concrete<Statement[]>(Properties.PolicyDocument.Statement));
  const bucket = statements.find((each) => JSON.stringify(each).includes('AWSServiceRoleForBackupReports')) ?? [];
  const put = (principal: string, acl: string): boolean =>
    isAllowed(
      {
        principal,
        action: 's3:PutObject',
        resource: 'object',
        identity: everything,
        context: { 's3:x-amz-acl': acl, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' },
      },
      bucket.filter(({ Effect }) => Effect === 'Allow'),
    );

  test('takes them from the role that AWS makes for this, and from no other', () => {
    expect(put(writer, 'bucket-owner-full-control')).toBe(true);
    expect(put(writer, 'public-read')).toBe(false);
    expect(put(`arn:aws:iam::${env.account}:role/developer`, 'bucket-owner-full-control')).toBe(false);
  });

  test('lets that role encrypt them', () => {
    const keys = Object.values(template.findResources('AWS::KMS::Key')) as {
      Properties: { KeyPolicy: { Statement: unknown } };
    }[];
    const policy = keys.flatMap(({ Properties }) => concrete<Statement[]>(Properties.KeyPolicy.Statement));
    const call = { action: 'kms:GenerateDataKey', resource: 'key', identity: everything };
    expect(isAllowed({ ...call, principal: writer }, policy)).toBe(true);
    expect(isAllowed({ ...call, principal: `arn:aws:iam::${env.account}:role/developer` }, policy)).toBe(false);
  });
});
