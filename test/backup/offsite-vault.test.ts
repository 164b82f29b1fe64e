import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import {
  AlertTopics,
  DataClass,
  DataKey,
  OffsiteVault,
  RetainedVault,
  StoreEnvironment,
  Vault,
  VaultLock,
  type OffsiteVaultProps,
} from '../../lib';
import { belongsTo } from '../../lib/core/identity';
import { concrete, isAllowed, type Statement } from '../support/policy-evaluator';
import { refusal } from '../support/refusal';
import { templateOf, TODAY } from '../support/stack';

const SOURCE = '111122223333';
const env = { account: '444455556666', region: 'eu-west-1' };
const vaultOf = (props: OffsiteVaultProps = {}): Template =>
  templateOf((stack) => new OffsiteVault(stack, 'Offsite', { sourceAccount: SOURCE, ...props }), { env });

test('is retained, encrypted with a key of its own, and locked so that copies stay from 35 to 396 days', () => {
  vaultOf().hasResource('AWS::Backup::BackupVault', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      EncryptionKeyArn: { 'Fn::GetAtt': ['OffsiteKeyKey', 'Arn'] },
      LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 396, ChangeableForDays: Match.absent() },
    },
  });
});

test('takes a key of the app, and has it found by whoever makes copies, whatever it was made for', () => {
  const template = templateOf(
    (stack) => {
      const key = new DataKey(stack, 'Of', { dataClass: DataClass.LOGS });
      return new OffsiteVault(stack, 'Offsite', { key });
    },
    { env },
  );
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResourceProperties('AWS::KMS::Key', {
    Tags: [{ Key: 'commerce-baseline:data-class', Value: 'backups' }],
  });
});

test('has a name and an ARN that other stacks know without asking', () => {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const { vaultName, vaultArn } = new OffsiteVault(new Stack(app, 'Away', { env }), 'Offsite');
  expect(vaultName).toMatch(/^away-[0-9a-f]{8}$/);
  expect(vaultArn).toMatch(/:backup:eu-west-1:444455556666:backup-vault:away-[0-9a-f]{8}$/);
});

test('stands beside its predecessor in the next generation', () => {
  const template = templateOf(
    (stack) => {
      new OffsiteVault(stack, 'Offsite', { generation: 2 });
    },
    { env },
  );
  template.hasResourceProperties('AWS::Backup::BackupVault', { BackupVaultName: Match.stringLikeRegexp('-g2$') });
  expect(Object.keys(template.findResources('AWS::Backup::BackupVault'))).toEqual(['OffsiteVaultG2']);
});

describe('its policy', () => {
  const [vault] = Object.values(vaultOf().findResources('AWS::Backup::BackupVault')) as {
    Properties: { AccessPolicy: { Statement: unknown } };
  }[];
  const statements = concrete<Statement[]>(vault.Properties.AccessPolicy.Statement);
  const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const may = (account: string, action: string): boolean =>
    isAllowed(
      { principal: `arn:aws:iam::${account}:role/anybody`, action, resource: 'vault', identity: everything },
      statements,
    );

  test('takes copies from the account of the source', () => {
    expect(may(SOURCE, 'backup:CopyIntoBackupVault')).toBe(true);
  });

  test('takes none from another account, and gives the source nothing else', () => {
    expect(may('999999999999', 'backup:CopyIntoBackupVault')).toBe(false);
    expect(may(SOURCE, 'backup:StartRestoreJob')).toBe(false);
    expect(may(SOURCE, 'backup:CopyFromBackupVault')).toBe(false);
  });

  test.each(['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:DisassociateRecoveryPoint'])(
    'denies %s to everybody, administrators of its account included',
    (action) => {
      const denials = statements.filter(({ Effect }) => Effect === 'Deny');
      expect(denials).toEqual([expect.objectContaining({ Principal: { AWS: '*' } })]);
      expect(denials[0].Action).toContain(action);
      expect(denials[0].Condition).toBeUndefined();
    },
  );

  test('names no other account where source and vault share one', () => {
    const own = vaultOf({ sourceAccount: env.account }).findResources('AWS::Backup::BackupVault');
    expect(JSON.stringify(own)).not.toContain('CopyIntoBackupVault');
  });
});

describe('a compliance lock', () => {
  const lockedWith = (lock: VaultLock): Template => vaultOf({ vault: Vault.locked(lock) });

  test('can be lifted within its grace, and is confirmed with the name of the stack', () => {
    lockedWith(VaultLock.compliance({ graceDays: 14, confirm: 'Foreign' })).hasResourceProperties(
      'AWS::Backup::BackupVault',
      { LockConfiguration: { ChangeableForDays: 14, MinRetentionDays: 35, MaxRetentionDays: 396 } },
    );
  });

  test('is confirmed with the id of the store in a store', () => {
    const build = (confirm: string): Template =>
      templateOf(
        (stack) => {
          belongsTo(stack, { id: 'acme', environment: StoreEnvironment.PRODUCTION });
          new RetainedVault(stack, 'Vault', { lock: VaultLock.compliance({ graceDays: 3, confirm }) });
        },
        { env },
      );
    expect(() => build('acme')).not.toThrow();
    expect(() => build('Foreign')).toThrow(
      refusal(
        ['VaultLockNotConfirmed'],
        'lock.confirm is "Foreign"; it must be "acme": the lock cannot be lifted again. Write it out if you mean it',
      ),
    );
  });

  test.each([2, 36_501, 3.5])('refuses a grace of %s days', (graceDays) => {
    expect(() => lockedWith(VaultLock.compliance({ graceDays, confirm: 'Foreign' }))).toThrow(
      refusal(['VaultLockGraceOutOfRange'], `lock.graceDays is ${graceDays}; it must be a whole number of days from 3`),
    );
  });

  test('refuses bounds that no copy fits between', () => {
    const bounds = { minRetention: Duration.days(90), maxRetention: Duration.days(35) };
    expect(() => lockedWith(VaultLock.governance(bounds))).toThrow(
      refusal(['VaultLockBoundsInvalid'], 'lock.maxRetention is "90 to 35 days"'),
    );
  });
});

describe('an air-gapped vault', () => {
  const approvalTeamArn = 'arn:aws:mpa:us-east-1:777788889999:approval-team/recovery';

  test('is opened by a team when its account is lost, and is retained', () => {
    const template = vaultOf({ vault: Vault.airGapped({ confirm: 'Foreign', approvalTeamArn }) });
    template.hasResource('AWS::Backup::LogicallyAirGappedBackupVault', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        MinRetentionDays: 35,
        MaxRetentionDays: 396,
        MpaApprovalTeamArn: approvalTeamArn,
        EncryptionKeyArn: Match.absent(),
        AccessPolicy: {
          Statement: Match.arrayWith([Match.objectLike({ Action: 'backup:CopyIntoBackupVault', Effect: 'Allow' })]),
        },
      },
    });
    template.resourceCountIs('AWS::Backup::BackupVault', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('is never made by mistake: it has no grace, and its lock is confirmed', () => {
    expect(() => vaultOf({ vault: Vault.airGapped({ confirm: 'yes' }) })).toThrow(
      refusal(['VaultLockNotConfirmed'], 'confirm is "yes"; it must be "Foreign"'),
    );
  });

  test('refuses what AWS refuses: copies of less than 7 days', () => {
    const vault = Vault.airGapped({ confirm: 'Foreign', minRetention: Duration.days(6) });
    expect(() => vaultOf({ vault })).toThrow(refusal(['VaultLockBoundsInvalid'], 'minRetention is "6 days"'));
  });
});

describe('alarms', () => {
  const told = templateOf(
    (stack) => {
      new OffsiteVault(stack, 'Offsite', { sourceAccount: SOURCE, alerts: new AlertTopics(stack, 'Alerts') });
    },
    { env },
  );

  test('tell when nothing has arrived for two days, whatever became of plan and alarms at home', () => {
    told.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Backup',
      MetricName: 'NumberOfRecoveryPointsCompleted',
      Dimensions: [{ Name: 'BackupVaultName', Value: Match.stringLikeRegexp('^foreign-') }],
      Period: 86400,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test.each([
    ['Backup Vault State Change', { state: ['MODIFIED', 'DELETED'] }],
    ['Recovery Point State Change', { status: ['PARTIAL', 'EXPIRED'] }],
  ])('tell of a %s', (detailType, detail) => {
    told.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': [detailType],
        detail: { backupVaultName: [Match.stringLikeRegexp('^foreign-')], ...detail },
      },
      Targets: [Match.objectLike({ InputTransformer: Match.anyValue() })],
    });
  });
});
