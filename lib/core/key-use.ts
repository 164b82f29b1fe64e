import { Aws, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * What AWS services that write or read on their own behalf need of a key. IAM grants do not cover them: they have no
 * identity policy, so the key policy has to name them, bound to this account and to a pattern of resources so that
 * nobody else's resources can borrow the permission and no statement refers to a resource made later.
 *
 * On a key of this app the statement is added. On an imported key it cannot be; its owner adds it.
 */
const ENCRYPT_AND_DECRYPT = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** Lets CloudWatch Logs encrypt log groups of this account with `key`. */
export function letLogGroupsUse(key: IKey): void {
  const { account, region } = Stack.of(key);
  allow(key, `logs.${region}.${Aws.URL_SUFFIX}`, ENCRYPT_AND_DECRYPT, {
    ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${region}:${account}:*` },
  });
}

/** Lets the log delivery of this account (CloudFront, flow logs, WAF) write to buckets that `key` encrypts. */
export function letLogDeliveryUse(key: IKey): void {
  const { account } = Stack.of(key);
  allow(key, 'delivery.logs.amazonaws.com', ['kms:GenerateDataKey*', 'kms:Decrypt', 'kms:DescribeKey'], {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:*:${account}:*` },
  });
}

/** Lets Amazon Inspector of this account and Region write its reports to buckets that `key` encrypts. */
export function letInspectorUse(key: IKey): void {
  const { account, region } = Stack.of(key);
  allow(key, 'inspector2.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:inspector2:${region}:${account}:report/*` },
  });
}

/** Lets alarms and event rules publish to topics and queues that `key` encrypts. */
export function letAlarmsAndEventsUse(key: IKey): void {
  const { account } = Stack.of(key);
  const actions = ['kms:GenerateDataKey*', 'kms:Decrypt'];
  allow(key, 'cloudwatch.amazonaws.com', actions, { StringEquals: { 'aws:SourceAccount': account } });
  // EventBridge sends neither source account nor source ARN to KMS: a condition on them drops its messages silently.
  allow(key, 'events.amazonaws.com', actions);
}

/**
 * Lets budgets and cost anomaly detection publish to topics that `key` encrypts. AWS documents neither source account nor
 * source ARN for this call, and a condition on them would drop the messages silently; the policies of the topics have one.
 */
export function letSpendAlertsUse(key: IKey): void {
  const actions = ['kms:GenerateDataKey*', 'kms:Decrypt'];
  allow(key, 'budgets.amazonaws.com', actions);
  allow(key, 'costalerts.amazonaws.com', actions);
}

/** Lets topics of this account put what they cannot deliver into queues that `key` encrypts. */
export function letTopicsUse(key: IKey): void {
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(key).account } };
  allow(key, 'sns.amazonaws.com', ['kms:GenerateDataKey*', 'kms:Decrypt'], ofThisAccount);
}

/** Lets the distributions of this account read objects that `key` encrypts, through an origin access control. */
export function letDistributionsUse(key: IKey): void {
  const { account } = Stack.of(key);
  allow(key, 'cloudfront.amazonaws.com', ['kms:Decrypt'], {
    ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${account}:distribution/*` },
  });
}

/** Lets Fargate encrypt the ephemeral storage of tasks of this account with `key`, which must be of one Region. */
export function letFargateUse(key: IKey): void {
  const ofThisAccount = { 'kms:EncryptionContext:aws:ecs:clusterAccount': Stack.of(key).account };
  allow(key, 'fargate.amazonaws.com', ['kms:GenerateDataKeyWithoutPlaintext'], { StringEquals: ofThisAccount });
  allow(key, 'fargate.amazonaws.com', ['kms:CreateGrant'], {
    StringEquals: ofThisAccount,
    'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' },
  });
}

/** Where copies of backups go. */
export interface CopyPlace {
  /** Account of the vault. */
  readonly account: string;
  /** Region of the vault. */
  readonly region: string;
}

/**
 * Lets backups that `key` encrypts be copied to a vault in `place`, or arrive there: what AWS Backup does with the key as the
 * service-linked role of that account, which nobody but AWS Backup can assume, and what services of that Region do for
 * roles of the key's own account. A pattern, because KMS refuses a role that does not exist yet. Safe to say twice.
 */
export function letCopiesUse(key: IKey, { account, region }: CopyPlace): void {
  const own = Stack.of(key);
  const role = `arn:${Aws.PARTITION}:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
  allowForBackups(key, account, { ArnLike: { 'aws:PrincipalArn': role } });
  if (account === own.account && region !== own.region) {
    const services = ['backup', 'rds'].map((service) => `${service}.${region}.${Aws.URL_SUFFIX}`);
    allowForBackups(key, account, {
      StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': services },
    });
  }
}

/** What a copy takes: to read with the key of the source, to write with that of the vault, and to go on in between. */
function allowForBackups(key: IKey, account: string, conditions: Conditions): void {
  const statement = (actions: string[], more: Conditions = {}): void =>
    void key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AccountPrincipal(account)],
        actions,
        // In a key policy, * is the key itself.
        resources: ['*'],
        conditions: { ...conditions, ...more },
      }),
    );
  statement([...ENCRYPT_AND_DECRYPT]);
  statement(['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } });
}

type Conditions = Record<string, Record<string, string | string[]>>;

function allow(key: IKey, service: string, actions: string[], conditions?: Conditions): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions,
      // In a key policy, * is the key itself.
      resources: ['*'],
      conditions,
    }),
  );
}
