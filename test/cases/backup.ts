import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import {
  AlertTopics,
  BackedUpKind,
  BackupAudit,
  BackupSchedule,
  CustomerDatabase,
  DataClass,
  DataKey,
  LogStore,
  ObjectStore,
  OffsiteVault,
  RetainedVault,
  RetentionPlan,
  SharedFiles,
  Vault,
  VaultLock,
} from '../../lib';
import { backUp } from '../../lib/core/backed-up';
import { type ConstructCases, type WaiverCases } from '../support/cases';
import { existingNetwork } from '../support/network';

/** A vault that somebody made in another account and Region. */
export const ELSEWHERE = OffsiteVault.existing({
  vaultName: 'acme-copies',
  account: '444455556666',
  region: 'eu-west-1',
});

/** One of each kind of resource that is backed up. */
export function everythingToBackUp(stack: Stack): void {
  const network = existingNetwork(stack);
  new CustomerDatabase(stack, 'Database', { network, readers: 0 });
  new ObjectStore(stack, 'Objects');
  new SharedFiles(stack, 'Files', { network });
  const resource = new CfnTable(stack, 'Table', {
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    billingMode: 'PAY_PER_REQUEST',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtectionEnabled: true,
    sseSpecification: { sseEnabled: true },
  });
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  backUp(stack, { kind: BackedUpKind.TABLES, resource, arn: resource.attrArn });
}

export const backup: ConstructCases = {
  RetainedVault: {
    minimal: (stack) => new RetainedVault(stack, 'Vault'),
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.BACKUPS });
      const lock = VaultLock.compliance({ graceDays: 14, confirm: stack.stackName });
      new RetainedVault(stack, 'Vault', { key, lock, generation: 2, alerts: new AlertTopics(stack, 'Alerts') });
    },
  },
  OffsiteVault: {
    minimal: (stack) => new OffsiteVault(stack, 'Offsite'),
    loaded: (stack) => {
      const alerts = new AlertTopics(stack, 'Alerts');
      const sourceAccount = '111122223333';
      new OffsiteVault(stack, 'Locked', { sourceAccount, alerts });
      const vault = Vault.airGapped({
        confirm: stack.stackName,
        approvalTeamArn: 'arn:aws:mpa:us-east-1:777788889999:approval-team/recovery',
      });
      new OffsiteVault(stack, 'AirGapped', { sourceAccount, vault, alerts });
    },
  },
  BackupSchedule: {
    minimal: (stack) => new BackupSchedule(stack, 'Backups', { copyTo: ELSEWHERE }),
    loaded: (stack) => {
      everythingToBackUp(stack);
      const alerts = new AlertTopics(stack, 'Alerts');
      new BackupSchedule(stack, 'Backups', {
        copyTo: ELSEWHERE,
        retention: [RetentionPlan.daily35Days(), RetentionPlan.weekly13Weeks(), RetentionPlan.monthly13Months()],
        hour: 18,
        alerts,
      });
      new BackupSchedule(stack, 'Continuous', {
        // In this account: the role copies by itself.
        copyTo: OffsiteVault.existing({ vaultName: 'acme-copies', account: stack.account, region: 'eu-west-1' }),
        retention: [RetentionPlan.continuous35Days(), RetentionPlan.daily35Days()],
        kinds: [BackedUpKind.OBJECTS],
        alerts,
      });
    },
  },
  BackupAudit: {
    minimal: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      new BackupAudit(stack, 'Audit', { reports: new LogStore(stack, 'Reports', { key }) });
    },
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      new BackupAudit(stack, 'Audit', { reports: new LogStore(stack, 'Reports', { key }), copyTo: ELSEWHERE });
    },
  },
};

export const backupWaivers: WaiverCases = {
  'backup-schedule.offsite-copy': {
    build: (stack, withoutOffsiteCopy) => {
      new BackupSchedule(stack, 'Backups', withoutOffsiteCopy ? { withoutOffsiteCopy } : { copyTo: ELSEWHERE });
    },
    protects: (template) => {
      template.hasResourceProperties('AWS::Backup::BackupPlan', {
        BackupPlan: {
          BackupPlanRule: [
            Match.objectLike({ CopyActions: [Match.anyValue()] }),
            Match.objectLike({ CopyActions: [Match.anyValue()] }),
          ],
        },
      });
    },
  },
  'offsite-vault.compliance-lock': {
    build: (stack, insteadOfCompliance) => {
      const lock = insteadOfCompliance
        ? VaultLock.governance({ insteadOfCompliance })
        : VaultLock.compliance({ graceDays: 14, confirm: stack.stackName });
      new OffsiteVault(stack, 'Offsite', { vault: Vault.locked(lock) });
    },
    protects: (template) => {
      template.hasResourceProperties('AWS::Backup::BackupVault', { LockConfiguration: { ChangeableForDays: 14 } });
    },
  },
};
