import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { acknowledgeWildcards } from '../core/acknowledge';
import { WORKFLOW_ACTIONS } from '../core/workflow';
import { keyStatements, rdsArn } from './restore-role';
import { LEFTOVERS, METRICS } from './restore-test-names';
import type { RestoreWorkflow } from './restore-workflow';

/** What a test works with. */
export interface TestRights {
  readonly called: readonly IFunction[];
  readonly bucket: IBucket;
  readonly prefix: string;
  readonly keyArn: string;
  readonly subnetGroup: string;
}

const JOBS = ['backup:DescribeRestoreJob', 'backup:PutRestoreValidationResult'];

/** Lets the state machine test restores: an instance on a cluster that a test made, and nowhere else. */
export function letTest({ role }: RestoreWorkflow, rights: TestRights): void {
  const { called, bucket, prefix, keyArn, subnetGroup } = rights;
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): void =>
    void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
  const [clusters, instances] = [rdsArn(role, 'cluster', `${LEFTOVERS}*`), rdsArn(role, 'db', `${LEFTOVERS}*`)];
  const [parameters, options, groups] = [
    rdsArn(role, 'pg', 'default*'),
    rdsArn(role, 'og', 'default:*'),
    rdsArn(role, 'secgrp', 'default*'),
  ];
  const objects = bucket.arnForObjects(`${prefix}*`);
  // AWS knows no resource for a restore job.
  allow(JOBS, ['*']);
  allow(['rds:DescribeDBClusters', 'rds:ModifyDBCluster'], [clusters]);
  allow(['rds:DeleteDBInstance', 'rds:DescribeDBInstances'], [instances]);
  allow(
    ['rds:CreateDBInstance'],
    [clusters, instances, parameters, options, groups, rdsArn(role, 'subgrp', subnetGroup)],
  );
  keyStatements(role, keyArn).forEach((statement) => role.addToPrincipalPolicy(statement));
  allow(['s3:PutObject'], [objects]);
  bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  letMeasure(role);
  called.forEach((each) => each.grantInvoke(role));
  acknowledgeWildcards(role, {
    matching: [
      '*',
      ...[clusters, instances, parameters, options, groups, objects],
      ...called.map(({ functionArn }) => `${functionArn}:*`),
    ],
    actions: [...WORKFLOW_ACTIONS, ...JOBS, 'cloudwatch:PutMetricData'],
    because:
      'AWS Backup names what it restores for a test, and restore jobs, metrics, log delivery and X-Ray have no resource to ' +
      'name. It touches only what has such a name, and writes under its own prefix and namespace.',
  });
}

/** What a test of buckets works with. */
export interface ObjectTestRights {
  readonly called: readonly IFunction[];
  readonly bucket: IBucket;
  readonly prefix: string;
}

/** Lets the state machine test restored buckets: it reads what a backup is, and touches no bucket but that of the reports. */
export function letTestObjects({ role }: RestoreWorkflow, { called, bucket, prefix }: ObjectTestRights): void {
  const allow = (actions: string[], resources: string[]): void =>
    void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  const recoveryPoints = Stack.of(role).formatArn({
    ...{ service: 'backup', resource: 'recovery-point', resourceName: '*' },
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const objects = bucket.arnForObjects(`${prefix}*`);
  // AWS knows no resource for a restore job.
  allow(JOBS, ['*']);
  allow(['backup:DescribeRecoveryPoint'], [recoveryPoints]);
  allow(['s3:PutObject'], [objects]);
  bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  letMeasure(role);
  called.forEach((each) => each.grantInvoke(role));
  acknowledgeWildcards(role, {
    matching: ['*', recoveryPoints, objects, ...called.map(({ functionArn }) => `${functionArn}:*`)],
    actions: [...WORKFLOW_ACTIONS, ...JOBS, 'cloudwatch:PutMetricData'],
    because:
      'AWS Backup names its backups, and restore jobs, metrics, log delivery and X-Ray have no resource to name. It reads ' +
      'what a backup is, and writes under its own prefix and namespace.',
  });
}

/** What a state machine looks for, and what it starts. */
export interface WatchRights {
  readonly judge: IFunction;
  readonly test: RestoreWorkflow;
  readonly hasClusters: boolean;
}

/** Lets the state machine find restores that are to be tested, and start `test`. */
export function letWatch({ role }: RestoreWorkflow, { judge, test, hasClusters }: WatchRights): void {
  const allow = (actions: string[], resources: string[]): void =>
    void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  const clusters = hasClusters ? [rdsArn(role, 'cluster', '*')] : [];
  allow(['backup:ListRestoreJobs'], ['*']);
  if (hasClusters) {
    allow(['rds:DescribeDBClusters'], clusters);
  }
  letMeasure(role);
  judge.grantInvoke(role);
  test.stateMachine.grantStartExecution(role);
  acknowledgeWildcards(role, {
    matching: ['*', ...clusters, `${judge.functionArn}:*`],
    actions: [...WORKFLOW_ACTIONS, 'backup:ListRestoreJobs', 'cloudwatch:PutMetricData'],
    because: hasClusters
      ? 'Restore jobs, metrics, log delivery and X-Ray have no resource to name. It reads about every cluster, because what ' +
        'a test left over has a name that AWS Backup made up.'
      : 'Restore jobs, metrics, log delivery and X-Ray have no resource to name. It reads about jobs, and reads no data.',
  });
}

function letMeasure(role: RestoreWorkflow['role']): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      // A metric has no ARN; the namespace is the bound.
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': METRICS.namespace } },
    }),
  );
}
