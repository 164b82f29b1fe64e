import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { BackedUpKind, type BackedUpResource } from '../core/backed-up';
import type { CopyPlace } from '../core/key-use';
import { ServiceRole } from '../core/service-role';
import { DATA_CLASS_TAG } from '../core/tag-names';
import { DataClass } from '../core/tags';

/** Which vaults a role writes to. */
export interface BackupRoleProps {
  /** ARN of the vault at home. */
  readonly vaultArn: string;
  /**
   * ARN of the vault off site, and where it is.
   *
   * @default - nothing is copied
   */
  readonly copies?: CopyPlace & { readonly vaultArn: string };
}

/** Snapshots of AWS Backup have names that begin so; it deletes none of anybody else's. */
const SNAPSHOTS = 'awsbackup:*';

/** Rules of EventBridge by which AWS Backup hears of new objects. */
const OBJECT_RULES = 'AwsBackupManagedRule*';

/**
 * What AWS Backup works as: the rights to resources that are named one by one, and nothing else. AWS's own policy for this,
 * AWSBackupServiceRolePolicyForBackup, gives what twenty services take, over every resource of the account; of it these
 * are the statements for Aurora, S3, EFS and DynamoDB.
 */
export class BackupRole extends ServiceRole {
  private readonly copies?: CopyPlace;
  private readonly here: CopyPlace;
  private readonly statements = new Map<string, PolicyStatement>();

  public constructor(scope: Construct, id: string, { vaultArn, copies }: BackupRoleProps) {
    super(scope, id, {
      // AWS Backup documents no source account for this trust; only who may pass the role can have it used.
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      description: 'Backs up what a plan selects, and copies it off site',
    });
    const { account, region } = Stack.of(this);
    this.here = { account, region };
    this.copies = copies;
    this.useVaults([vaultArn, ...(copies ? [copies.vaultArn] : [])]);
    if (copies?.account === account) {
      this.useKeysOffSite(copies);
    }
  }

  /** Gives the rights that backing up and copying `resource` take. */
  public backUp(resource: BackedUpResource): void {
    GRANTS[resource.kind](this, resource);
    if (resource.key !== undefined) {
      this.useKey([resource.key.keyArn]);
    }
  }

  /**
   * Adds to the statement of the same actions, so that the policy stays below the 6,144 characters that IAM takes.
   *
   * @internal
   */
  public _allow(
    actions: string[],
    resources: string[],
    conditions: Record<string, Record<string, unknown>> = {},
  ): void {
    const meaning = JSON.stringify([actions, conditions]);
    const statement = this.statements.get(meaning);
    if (statement !== undefined) {
      statement.addResources(...resources);
      return;
    }
    const added = new PolicyStatement({ actions, resources, conditions });
    this.statements.set(meaning, added);
    this.addToPrincipalPolicy(added);
  }

  /** ARNs of `resource` in every Region in which there are backups of this account. @internal */
  public _arns(service: string, resource: string, resourceName: string): string[] {
    const regions = this.copies?.account === this.here.account ? [this.here, this.copies] : [this.here];
    return regions.map(({ account, region }) =>
      Stack.of(this).formatArn({
        ...{ service, region, account, resource, resourceName },
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
  }

  private useVaults(vaultArns: string[]): void {
    this._allow(['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], vaultArns);
    const recoveryPoints = this._arns('backup', 'recovery-point', '*');
    this._allow(['backup:TagResource'], recoveryPoints);
    // AWS Backup knows a backup only while it copies it, and a listing has no resource.
    this._allow(['backup:CopyFromBackupVault', 'tag:GetResources'], ['*']);
    acknowledgeWildcards(this, {
      matching: [...recoveryPoints, '*'],
      actions: ['backup:CopyFromBackupVault', 'tag:GetResources'],
      because: 'A backup has no name before it is made; what may be copied is what is in the vaults of this role.',
    });
  }

  private useKey(keyArns: string[], conditions: Record<string, Record<string, unknown>> = {}): void {
    const regions = [...new Set([this.here.region, this.copies?.region ?? this.here.region])];
    const services = ['backup', 'dynamodb', 'rds', 's3'].flatMap((service) =>
      regions.map((region) => `${service}.${region}.${Aws.URL_SUFFIX}`),
    );
    this._allow(['kms:DescribeKey'], keyArns, conditions);
    this._allow(['kms:CreateGrant'], keyArns, { ...conditions, Bool: { 'kms:GrantIsForAWSResource': 'true' } });
    this._allow(['kms:Decrypt', 'kms:GenerateDataKey'], keyArns, {
      ...conditions,
      StringLike: { 'kms:ViaService': services },
    });
  }

  /** The key of the vault at home. */
  public useKeyOfVault(keyArn: string): void {
    this.useKey([keyArn]);
  }

  /** In another account AWS Backup there does it. Here the key has no name that could be known, and a tag instead. */
  private useKeysOffSite({ account, region }: CopyPlace): void {
    const keys = Stack.of(this).formatArn({ service: 'kms', account, region, resource: 'key', resourceName: '*' });
    this.useKey([keys], { StringEquals: { [`aws:ResourceTag/${DATA_CLASS_TAG}`]: DataClass.BACKUPS } });
    acknowledgeWildcards(this, {
      matching: [keys],
      because: 'The key of the vault off site stands in a stack of another Region: its tag names it, as a condition.',
    });
  }
}

type Grant = (role: BackupRole, resource: BackedUpResource) => void;

/** What each kind takes: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html */
const GRANTS: Readonly<Record<BackedUpKind, Grant>> = {
  [BackedUpKind.DATABASE]: (role, { arn }) => {
    const snapshots = role._arns('rds', 'cluster-snapshot', SNAPSHOTS);
    role._allow(
      [
        'rds:AddTagsToResource',
        'rds:CreateDBClusterSnapshot',
        'rds:DescribeDBClusterSnapshots',
        'rds:DescribeDBClusters',
        'rds:ListTagsForResource',
      ],
      [arn],
    );
    role._allow(
      [
        'rds:AddTagsToResource',
        'rds:CopyDBClusterSnapshot',
        'rds:CreateDBClusterSnapshot',
        'rds:DeleteDBClusterSnapshot',
        'rds:DescribeDBClusterSnapshots',
        'rds:ListTagsForResource',
        'rds:ModifyDBClusterSnapshotAttribute',
      ],
      snapshots,
    );
    acknowledgeWildcards(role, {
      matching: snapshots,
      because: 'AWS Backup makes up the names of its snapshots; only its own begin so.',
    });
  },
  [BackedUpKind.FILES]: (role, { arn }) =>
    role._allow(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], [arn]),
  [BackedUpKind.TABLES]: (role, { arn }) => {
    role._allow(
      ['dynamodb:CreateBackup', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'],
      [arn],
    );
    const backups = `${arn}/backup/*`;
    role._allow(['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup'], [backups]);
    acknowledgeWildcards(role, { matching: [backups], because: 'A backup of a table has no name before it is made.' });
  },
  [BackedUpKind.OBJECTS]: (role, { arn }) => {
    const { account, region } = Stack.of(role);
    const rules = `arn:${Aws.PARTITION}:events:${region}:${account}:rule/${OBJECT_RULES}`;
    role._allow(
      [
        's3:GetBucketAcl',
        's3:GetBucketLocation',
        's3:GetBucketNotification',
        's3:GetBucketTagging',
        's3:GetBucketVersioning',
        's3:GetInventoryConfiguration',
        's3:ListBucket',
        's3:ListBucketVersions',
        's3:PutBucketNotification',
        's3:PutInventoryConfiguration',
      ],
      [arn],
    );
    role._allow(
      [
        's3:GetObject',
        's3:GetObjectAcl',
        's3:GetObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
      ],
      [`${arn}/*`],
    );
    role._allow(
      [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:DisableRule',
        'events:EnableRule',
        'events:ListTargetsByRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
      [rules],
    );
    // Listings and measurements have no resource.
    role._allow(['cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets'], ['*']);
    acknowledgeWildcards(role, {
      matching: [`${arn}/*`, rules, '*'],
      actions: ['cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets'],
      because:
        'Every object of the bucket is backed up, and AWS Backup hears of new ones by rules that it names itself.',
    });
  },
};
