import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupSchedule, CustomerDatabase, DataClass, DataKey, OffsiteVault, type IOffsiteVault } from '../../lib';
import { existingNetwork } from '../support/network';
import { type Call, concrete, isAllowed, type Statement } from '../support/policy-evaluator';
import { TODAY } from '../support/stack';

/**
 * What a copy takes, read on both sides: the key that the database's snapshot is encrypted with, in the account of the
 * store, and the key of the vault off site. https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
const HOME = { account: '111122223333', region: 'eu-central-1' };
const AWAY = 'eu-west-1';
const OTHER = '444455556666';

/** The role that copies into a vault of `account`: of another account than the source, AWS Backup's own. */
const linkedRole = (account: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

interface Sides {
  readonly source: Statement[];
  readonly vault: Statement[];
  readonly role: Statement[];
}

const keyPolicyOf = (template: Template, logicalId: string): Statement[] => {
  const { [logicalId]: key } = template.findResources('AWS::KMS::Key') as Record<
    string,
    { Properties: { KeyPolicy: { Statement: unknown } } }
  >;
  return concrete<Statement[]>(key.Properties.KeyPolicy.Statement);
};

/** Both sides of a copy into a vault of `account`. */
function sidesOf(account: string): Sides {
  const app = new App({ context: TODAY, analyticsReporting: false });
  const away = new Stack(app, 'Away', { env: { account, region: AWAY } });
  const copyTo: IOffsiteVault = new OffsiteVault(away, 'Offsite', {
    sourceAccount: HOME.account,
    key: new DataKey(away, 'VaultKey', { dataClass: DataClass.BACKUPS }),
  });
  const home = new Stack(app, 'Home', { env: HOME });
  const key = new DataKey(home, 'Source', { dataClass: DataClass.CUSTOMER_DATA });
  new CustomerDatabase(home, 'Database', { network: existingNetwork(home), key });
  new BackupSchedule(home, 'Backups', { copyTo });
  const template = Template.fromStack(home);
  const policies = template.findResources('AWS::IAM::ManagedPolicy') as Record<
    string,
    { Properties: { PolicyDocument: { Statement: unknown } } }
  >;
  const [, policy] = Object.entries(policies).find(([id]) => id.startsWith('BackupsRole'))!;
  return {
    source: keyPolicyOf(template, 'SourceKey'),
    vault: keyPolicyOf(Template.fromStack(away), 'VaultKeyKey'),
    role: concrete<Statement[]>(policy.Properties.PolicyDocument.Statement),
  };
}

const READ = ['kms:DescribeKey', 'kms:Decrypt', 'kms:CreateGrant'];
const WRITE = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant'];
const FOR_SERVICE = { 'kms:GrantIsForAWSResource': 'true' };
const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

const refusedOf = (actions: readonly string[], call: Omit<Call, 'action'>, policy: Statement[]): string[] =>
  actions.filter((action) => !isAllowed({ ...call, action }, policy));

describe('a copy into another account', () => {
  const { source, vault } = sidesOf(OTHER);
  const asLinkedRole = (service: string): Omit<Call, 'action'> => ({
    principal: linkedRole(OTHER),
    resource: 'arn:SourceKey',
    identity: everything,
    context: { 'kms:CallerAccount': OTHER, 'kms:ViaService': service, ...FOR_SERVICE },
  });

  test.each(['rds.eu-central-1.amazonaws.com', 'rds.eu-west-1.amazonaws.com', 'backup.eu-west-1.amazonaws.com'])(
    'is read with the key of the source by AWS Backup of that account, through %s',
    (service) => {
      expect(refusedOf(READ, asLinkedRole(service), source)).toEqual([]);
    },
  );

  test.each(['rds.eu-west-1.amazonaws.com', 'backup.eu-west-1.amazonaws.com'])(
    'is written with the key of the vault, through %s',
    (service) => {
      expect(refusedOf(WRITE, asLinkedRole(service), vault)).toEqual([]);
    },
  );

  test('is read by nobody else of that account, administrators included', () => {
    const call = { ...asLinkedRole('rds.eu-west-1.amazonaws.com'), principal: `arn:aws:iam::${OTHER}:role/admin` };
    expect(refusedOf(READ, call, source)).toEqual(READ);
  });

  test('gives AWS Backup of a third account nothing', () => {
    const third = '999999999999';
    const call = { ...asLinkedRole('rds.eu-west-1.amazonaws.com'), principal: linkedRole(third) };
    expect(refusedOf(READ, call, source)).toEqual(READ);
    expect(refusedOf(WRITE, call, vault)).toEqual(WRITE);
  });

  test('lets a grant outlive the call for services of AWS alone', () => {
    const { context, ...call } = asLinkedRole('rds.eu-west-1.amazonaws.com');
    const forAnybody = { ...context, 'kms:GrantIsForAWSResource': 'false' };
    expect(isAllowed({ ...call, context: forAnybody, action: 'kms:CreateGrant' }, source)).toBe(false);
  });

  test('does not let AWS Backup end the key of either side', () => {
    for (const policy of [source, vault]) {
      const actions = ['kms:ScheduleKeyDeletion', 'kms:DisableKey'];
      expect(refusedOf(actions, asLinkedRole('backup.eu-west-1.amazonaws.com'), policy)).toEqual(actions);
    }
  });
});

describe('a copy into another Region of the account', () => {
  const { source, vault, role } = sidesOf(HOME.account);
  const asRole = (resource: string, service: string): Omit<Call, 'action'> => ({
    principal: `arn:aws:iam::${HOME.account}:role/backups`,
    resource,
    identity: role,
    context: {
      'kms:CallerAccount': HOME.account,
      'kms:ViaService': service,
      'aws:ResourceTag/commerce-baseline:data-class': 'backups',
      ...FOR_SERVICE,
    },
  });
  const vaultKey = `arn:aws:kms:${AWAY}:${HOME.account}:key/0123`;

  test.each(['rds.eu-central-1.amazonaws.com', 'rds.eu-west-1.amazonaws.com'])(
    'is read with the key of the source by the role of the plan, through %s',
    (service) => {
      expect(refusedOf(READ, asRole('arn:SourceKey', service), source)).toEqual([]);
    },
  );

  test('is written with the key of the vault by the role of the plan', () => {
    const actions = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:CreateGrant'];
    expect(refusedOf(actions, asRole(vaultKey, `rds.${AWAY}.amazonaws.com`), vault)).toEqual([]);
  });

  test('is written with no key that is not for backups', () => {
    const call = asRole(vaultKey, `rds.${AWAY}.amazonaws.com`);
    const context = { ...call.context, 'aws:ResourceTag/commerce-baseline:data-class': 'customer-data' };
    expect(refusedOf(['kms:GenerateDataKey'], { ...call, context }, vault)).toEqual(['kms:GenerateDataKey']);
  });

  test('does not let the role call KMS directly', () => {
    const call = asRole('arn:SourceKey', 'none');
    expect(refusedOf(['kms:Decrypt'], call, source)).toEqual(['kms:Decrypt']);
  });
});
