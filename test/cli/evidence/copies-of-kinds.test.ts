import type { Standing } from '../../../lib/cli/evidence/model/digit';
import {
  type Properties,
  type Resources,
  of,
  GIVEN,
  vault,
  planOf,
  tested,
  LOCK,
  WHOLE,
  lineOf,
  standings,
  whole,
} from '../../support/backed-up-app';

test.each<[about: string, offsite: Resources, locked: Standing, says: string]>([
  ['governance', { Vault: vault('away', LOCK) }, 'in part', 'away: governance, 35 days at least; liftable by'],
  ['no lock', { Vault: vault('away') }, 'no', 'away: no lock'],
  ['a lock that keeps nothing', { Vault: vault('away', { MaxRetentionDays: 9 }) }, 'no', 'away: no lock'],
  ['a vault that another app made', {}, 'cannot tell', 'away: no stack of this app makes it'],
  [
    'an air-gapped vault',
    { Vault: of('AWS::Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'away', MinRetentionDays: 7 }) },
    'yes',
    'away: compliance, as every air-gapped vault; nobody lifts it',
  ],
])('%s is what the lock off site is', (_, offsite, standing, says) => {
  const { locked } = lineOf(whole({ Vault: vault('home') }), offsite);
  expect(locked.standing).toBe(standing);
  expect(locked.says.join()).toContain(says);
});

test('vaults with the same lock are named together', () => {
  const { locked } = lineOf(WHOLE, { Vault: vault('away', LOCK) });
  expect(locked.says).toEqual([
    'home, away: governance, 35 days at least; liftable by backup:DeleteBackupVaultLockConfiguration',
  ]);
});

test('a backup straight into an air-gapped vault is the only copy', () => {
  const { copies, offsite } = lineOf(
    whole({
      Plan: planOf({ TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } }),
      Vault: of('AWS::Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'gap', MinRetentionDays: 7 }),
    }),
  );
  expect(copies.standing).toBe('no');
  expect(copies.says[1]).toBe('gap: 111122223333, eu-central-1; kept for ever');
  expect(offsite.says).toEqual(['gap: the same Region, the same account, air-gapped']);
});

test.each<[type: string, properties: Properties, says: string]>([
  ['AWS::RDS::DBCluster', {}, 'any second of the last day'],
  ['AWS::RDS::DBInstance', { BackupRetentionPeriod: 0 }, 'what is live alone'],
  ['AWS::RDS::DBCluster', { BackupRetentionPeriod: GIVEN }, 'parameter Given is given at deployment'],
  [
    'AWS::DynamoDB::Table',
    { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
    'any second of the last 35 days',
  ],
  [
    'AWS::DynamoDB::GlobalTable',
    {
      Replicas: [
        {
          Region: 'eu-central-1',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
        },
      ],
    },
    'any second of the last 7 days',
  ],
  ['AWS::DynamoDB::Table', {}, 'what is live alone'],
  ['AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, 'old versions'],
  ['AWS::EFS::FileSystem', {}, 'what is live alone'],
])('%s with %j: the service itself keeps %s', (type, properties, says) => {
  expect(lineOf({ Data: of(type, properties) }).storage.says[0]).toBe(`the service itself: ${says}`);
});

test.each([
  ['AWS::S3::Bucket', 'Tags', 'arn:aws:s3:::*'],
  ['AWS::EFS::FileSystem', 'FileSystemTags', 'arn:aws:elasticfilesystem:*:*:file-system/*'],
  ['AWS::DynamoDB::GlobalTable', 'Tags', 'arn:aws:dynamodb:*:*:table/*'],
  ['AWS::DocDB::DBCluster', 'Tags', 'arn:aws:rds:*:*:cluster:*'],
])('%s is found by its ARN and its tags', (type, property, arn) => {
  const tags = { [property]: [{ Key: 'backup', Value: 'daily' }] };
  const properties = type.endsWith('GlobalTable') ? { Replicas: [{ Region: 'eu-central-1', ...tags }] } : tags;
  const selection = (value: string): object =>
    of('AWS::Backup::BackupSelection', {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: {
        Resources: [arn],
        Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: value }] },
      },
    });
  const held = { Database: of(type, properties) };
  expect(lineOf(whole({ ...held, Selection: selection('daily') })).copies.standing).toBe('yes');
  expect(lineOf(whole({ ...held, Selection: selection('never') })).copies.standing).toBe('no');
});

test('a restore test takes what it restores by tags, too', () => {
  const by = (value: string): Standing =>
    lineOf(
      whole({
        Tested: tested({
          ProtectedResourceType: 'Aurora',
          ProtectedResourceArns: ['*'],
          ProtectedResourceConditions: {
            StringEquals: [{ Key: 'aws:ResourceTag/commerce-baseline:data-class', Value: value }],
          },
        }),
      }),
    ).restored.standing;
  expect([by('customer-data'), by('logs')]).toEqual(['yes', 'no']);
});

test('automatic backups of EFS are one copy, in a vault whose lock nobody can tell', () => {
  const line = lineOf({ Files: of('AWS::EFS::FileSystem', { BackupPolicy: { Status: 'ENABLED' } }) });
  expect(standings(line)).toEqual(['no', 'yes', 'no', 'cannot tell', 'no']);
  expect(line.copies.says[1]).toContain('aws/efs/automatic-backup-vault');
});

test.each([
  ['COMPLIANCE', 'yes', 'the original: Object Lock, compliance, 365 days; nobody lifts it'],
  ['GOVERNANCE', 'in part', 'the original: Object Lock, governance, 365 days; liftable by'],
])('Object Lock in mode %s is %s', (Mode, standing, says) => {
  const { locked } = lineOf({
    Logs: of('AWS::S3::Bucket', { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, Days: 365 } } } }),
  });
  expect(locked.standing).toBe(standing);
  expect(locked.says.join()).toContain(says);
});

test('what AWS Backup does not know is in no plan, whatever a plan selects', () => {
  const everything = of('AWS::Backup::BackupSelection', { BackupPlanId: { Ref: 'Plan' }, BackupSelection: {} });
  const line = lineOf(whole({ Database: of('AWS::Cognito::UserPool'), Selection: everything }));
  expect(standings(line)).toEqual(['no', 'no', 'no', 'no', 'no']);
});
