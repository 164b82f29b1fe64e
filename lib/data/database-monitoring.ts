import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { ServiceRole } from '../core/service-role';

/** The log group that enhanced monitoring of every RDS instance of an account writes to. */
const MONITORING_LOGS = 'RDSOSMetrics';

/** What AWS's own policy for this allows, for this account and Region. */
export function createMonitoringRole(scope: Construct): ServiceRole {
  const { account, region, partition } = Stack.of(scope);
  const logs = `arn:${partition}:logs:${region}:${account}:log-group:${MONITORING_LOGS}`;
  const role = new ServiceRole(scope, 'MonitoringRole', {
    assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
    description: 'Lets RDS write what the operating systems of database instances measure',
  });
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
      resources: [`${logs}*`],
    }),
  );
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:PutLogEvents'],
      resources: [`${logs}:log-stream:*`],
    }),
  );
  acknowledgeWildcards(role, {
    matching: [`${logs}*`, `${logs}:log-stream:*`],
    because:
      'RDS names the streams after instances, and IAM names a log group with what follows it; one group is meant.',
  });
  return role;
}
