import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import {
  AlertTopics,
  BackedUpKind,
  BackupAudit,
  BackupSchedule,
  CustomerDatabase,
  DataClass,
  DataKey,
  LogStore,
  ObjectContents,
  ObjectRestoreTest,
  ObjectStore,
  OffsiteVault,
  Restored,
  RestoreTest,
  RetainedVault,
  RetentionPlan,
  SharedFiles,
  Vault,
  VaultLock,
  Weekday,
  type RestoreTestProps,
} from '../../lib';
import { HandlerFunction } from '../../lib/core/handler-function';
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
export function everythingToBackUp(stack: Stack): { database: CustomerDatabase; objects: ObjectStore } {
  const network = existingNetwork(stack);
  const database = new CustomerDatabase(stack, 'Database', { network, readers: 0 });
  const objects = new ObjectStore(stack, 'Objects');
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
  return { database, objects };
}

/** A database, and the test of its backups. */
function restoreTest(stack: Construct, chosen: Partial<RestoreTestProps> = {}, network = existingNetwork(stack)): void {
  const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
  const vault = new RetainedVault(stack, 'Vault');
  const database = new CustomerDatabase(stack, 'Database', { network, readers: 0 });
  new RestoreTest(stack, 'RestoreTest', {
    ...{ database, vault, evidence: new LogStore(stack, 'Evidence', { key }) },
    ...chosen,
  });
}

export const backup: ConstructCases = {
  RestoreTest: {
    minimal: (stack) => restoreTest(stack),
    loaded: (stack) => {
      const network = existingNetwork(stack);
      const alerts = new AlertTopics(stack, 'Alerts');
      const check = new HandlerFunction(stack, 'Check', {
        handler: 'judge-restore-test',
        description: 'Asks the restored database',
        key: new DataKey(stack, 'CheckKey', { dataClass: DataClass.LOGS }),
        placement: {
          vpc: network.vpc,
          subnets: { subnets: network.applicationSubnets },
          securityGroups: [new SecurityGroup(stack, 'CheckGroup', { vpc: network.vpc, allowAllOutbound: false })],
        },
      }).function;
      restoreTest(stack, { check, alerts, weekday: Weekday.MONDAY, hour: 4 }, network);
      const expected = [Restored.table('orders').immutableAfter('completed_at', Duration.days(30)).atLeast(1)];
      restoreTest(new Construct(stack, 'Expected'), { expected, alerts }, network);
    },
  },
  ObjectRestoreTest: {
    minimal: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      new ObjectRestoreTest(stack, 'RestoreTest', {
        stores: [new ObjectStore(stack, 'Pictures')],
        vault: new RetainedVault(stack, 'Vault'),
        evidence: new LogStore(stack, 'Evidence', { key }),
      });
    },
    loaded: (stack) => {
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      new ObjectRestoreTest(stack, 'RestoreTest', {
        stores: [
          new ObjectStore(stack, 'Pictures', { contents: ObjectContents.media() }),
          new ObjectStore(stack, 'Files'),
        ],
        vault: new RetainedVault(stack, 'Vault'),
        evidence: new LogStore(stack, 'Evidence', { key }),
        sampleSize: 1000,
        objectives: { point: Duration.hours(26), time: Duration.hours(8) },
        weekday: Weekday.MONDAY,
        hour: 4,
        key,
        alerts: new AlertTopics(stack, 'Alerts'),
      });
    },
  },
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
      const { database, objects } = everythingToBackUp(stack);
      const alerts = new AlertTopics(stack, 'Alerts');
      const { vault } = new BackupSchedule(stack, 'Backups', {
        copyTo: ELSEWHERE,
        retention: [RetentionPlan.daily35Days(), RetentionPlan.weekly13Weeks(), RetentionPlan.monthly13Months()],
        hour: 18,
        alerts,
      });
      const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
      const evidence = new LogStore(stack, 'Evidence', { key });
      new RestoreTest(stack, 'RestoreTest', { database, vault, evidence });
      new ObjectRestoreTest(stack, 'ObjectRestoreTest', { stores: [objects], vault, evidence });
      const continuous = new BackupSchedule(stack, 'Continuous', {
        // In this account: the role copies by itself.
        copyTo: OffsiteVault.existing({ vaultName: 'acme-copies', account: stack.account, region: 'eu-west-1' }),
        retention: [RetentionPlan.continuous35Days(), RetentionPlan.daily35Days()],
        kinds: [BackedUpKind.OBJECTS],
        alerts,
      });
      new ObjectRestoreTest(stack, 'ContinuousRestoreTest', { stores: [objects], vault: continuous.vault, evidence });
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
  'backup-schedule.restore-test': {
    build: (stack, withoutRestoreTest) => {
      const database = new CustomerDatabase(stack, 'Database', { network: existingNetwork(stack), readers: 0 });
      const objects = new ObjectStore(stack, 'Objects');
      const { vault } = new BackupSchedule(stack, 'Backups', { copyTo: ELSEWHERE, withoutRestoreTest });
      if (withoutRestoreTest === undefined) {
        const key = new DataKey(stack, 'Key', { dataClass: DataClass.LOGS });
        const evidence = new LogStore(stack, 'Evidence', { key });
        new RestoreTest(stack, 'RestoreTest', { database, vault, evidence });
        new ObjectRestoreTest(stack, 'ObjectRestoreTest', { stores: [objects], vault, evidence });
      }
    },
    protects: (template) => {
      for (const ProtectedResourceType of ['Aurora', 'S3']) {
        template.hasResourceProperties('AWS::Backup::RestoreTestingSelection', { ProtectedResourceType });
      }
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
