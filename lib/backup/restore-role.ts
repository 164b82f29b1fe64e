import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { ServiceRole } from '../core/service-role';
import { LEFTOVERS } from './restore-test-names';

/** What is restored, and how it has to be. */
export interface RestoreRoleProps {
  /** ARN of the key of the database. */
  readonly keyArn: string;
  /** Name of the parameter group that what is restored gets. */
  readonly parameterGroup: string;
  /** Name of the subnet group that it is placed in. */
  readonly subnetGroup: string;
}

/** ARN of something of RDS in the account and Region of `scope`. */
export function rdsArn(scope: Construct, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({
    ...{ service: 'rds', resource, resourceName },
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** What whoever makes something with the key of a database through RDS has to be allowed. */
export function keyStatements(scope: Construct, keyArn: string): PolicyStatement[] {
  const { region } = Stack.of(scope);
  const services = ['backup', 'rds'].map((service) => `${service}.${region}.${Aws.URL_SUFFIX}`);
  return [
    new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [keyArn] }),
    new PolicyStatement({
      actions: ['kms:CreateGrant'],
      resources: [keyArn],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': services } },
    }),
  ];
}

/**
 * What AWS Backup restores as: snapshots of its own into clusters that a test may make, and nothing beside them. Of AWS's own
 * policy for this, AWSBackupServiceRolePolicyForRestores, it is what an Aurora cluster takes.
 */
export function createRestoreRole(scope: Construct, props: RestoreRoleProps): ServiceRole {
  const role = new ServiceRole(scope, 'RestoreRole', {
    // AWS Backup documents no source account for this trust; only who may pass the role can have it used.
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    description: 'Restores a backup of the database for a test',
  });
  const [clusters, restored] = [rdsArn(role, 'cluster', '*'), rdsArn(role, 'cluster', `${LEFTOVERS}*`)];
  const [snapshots, own] = [rdsArn(role, 'cluster-snapshot', '*'), rdsArn(role, 'cluster-snapshot', 'awsbackup:*')];
  const options = rdsArn(role, 'og', 'default:*');
  const allow = (actions: string[], resources: string[]): void =>
    void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  allow(['rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusters', 'rds:ListTagsForResource'], [clusters, snapshots]);
  allow(
    ['rds:AddTagsToResource', 'rds:RestoreDBClusterFromSnapshot'],
    [
      restored,
      own,
      options,
      rdsArn(role, 'cluster-pg', props.parameterGroup),
      rdsArn(role, 'subgrp', props.subnetGroup),
    ],
  );
  allow(['rds:DeleteDBCluster'], [restored]);
  keyStatements(role, props.keyArn).forEach((statement) => role.addToPrincipalPolicy(statement));
  acknowledgeWildcards(role, {
    matching: [clusters, restored, snapshots, own, options],
    because:
      'AWS Backup names its snapshots and what it restores for a test; it reads about all, and makes and deletes what has ' +
      'such a name.',
  });
  return role;
}
