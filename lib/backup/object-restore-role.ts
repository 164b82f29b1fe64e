import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { ServiceRole } from '../core/service-role';
import { LEFTOVERS } from './restore-test-names';

/** With which keys a bucket is restored. */
export interface ObjectRestoreRoleProps {
  /** ARN of the key that what is restored is encrypted with. */
  readonly keyArn: string;
  /** ARN of the key of the vault. */
  readonly vaultKeyArn: string;
}

/** ARNs of the buckets that AWS Backup makes for tests, and of their objects. */
export function restoredBuckets(): { buckets: string; objects: string } {
  const buckets = `arn:${Aws.PARTITION}:s3:::${LEFTOVERS}*`;
  return { buckets, objects: `${buckets}/*` };
}

/**
 * What AWS Backup restores buckets as: into buckets that it makes for tests, and no other. Of AWS's own policies, the actions
 * are those of AWSBackupServiceRolePolicyForS3Restore, and the keys are two. What is deleted after a test AWS Backup
 * deletes as its service-linked role.
 */
export function createObjectRestoreRole(
  scope: Construct,
  { keyArn, vaultKeyArn }: ObjectRestoreRoleProps,
): ServiceRole {
  const role = new ServiceRole(scope, 'RestoreRole', {
    // AWS Backup documents no source account for this trust; only who may pass the role can have it used.
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    description: 'Restores backups of buckets for a test',
  });
  const { region } = Stack.of(role);
  const through = (...services: string[]): Record<string, unknown> => ({
    StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.${Aws.URL_SUFFIX}`) },
  });
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
    void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
  const { buckets, objects } = restoredBuckets();
  allow(
    [
      's3:CreateBucket',
      's3:GetBucketLocation',
      's3:GetBucketOwnershipControls',
      's3:GetBucketVersioning',
      's3:ListBucket',
      's3:ListBucketVersions',
      's3:PutBucketOwnershipControls',
      's3:PutBucketVersioning',
    ],
    [buckets],
  );
  allow(
    [
      's3:DeleteObject',
      's3:GetObject',
      's3:GetObjectAcl',
      's3:GetObjectTagging',
      's3:GetObjectVersion',
      's3:GetObjectVersionAcl',
      's3:ListMultipartUploadParts',
      's3:PutObject',
      's3:PutObjectAcl',
      's3:PutObjectTagging',
      's3:PutObjectVersionAcl',
    ],
    [objects],
  );
  allow(['kms:DescribeKey'], [keyArn, vaultKeyArn]);
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], through('s3'));
  allow(['kms:Decrypt'], [vaultKeyArn], through('backup', 's3'));
  acknowledgeWildcards(role, {
    matching: [buckets, objects],
    because: 'AWS Backup names what it restores for a test; only such buckets are made and written.',
  });
  return role;
}
