import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, ResourcePolicy, RetentionDays, type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnLoggingConfiguration } from 'aws-cdk-lib/aws-networkfirewall';
import type { Construct, IDependable } from 'constructs';
import { letLogGroupsUse } from '../core/key-use';
import type { LogStore } from '../core/log-store';
import { physicalName } from '../core/physical-names';
import { retain } from '../core/stateful';
import { DataClass, tagDataClass } from '../core/tags';

/** Where logs of the network go: into `logs`, or into encrypted log groups of their own. */
export interface LogTarget {
  readonly key: IKey;
  readonly logs?: LogStore;
}

/** A log group of the network's own: encrypted, retained, kept for thirteen months (PCI DSS 10.5.1 asks for twelve). */
export function createLogGroup(owner: Construct, id: string, encryptionKey: IKey): LogGroup {
  letLogGroupsUse(encryptionKey);
  const logGroup = new LogGroup(owner, id, { encryptionKey, retention: RetentionDays.THIRTEEN_MONTHS });
  retain(owner, logGroup.node.defaultChild as CfnLogGroup, id);
  tagDataClass(logGroup, DataClass.LOGS);
  return logGroup;
}

/** Lets the log delivery of this account write to `logGroups`. AWS would add a policy outside CloudFormation otherwise. */
export function letLogDeliveryWrite(owner: Construct, logGroups: readonly LogGroup[]): IDependable {
  const { account, region } = Stack.of(owner);
  return new ResourcePolicy(owner, 'DeliveryPolicy', {
    resourcePolicyName: physicalName(owner, 'logDeliveryPolicy'),
    policyStatements: [
      new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: logGroups.map(({ logGroupArn }) => logGroupArn),
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:${region}:${account}:*` },
        },
      }),
    ],
  });
}

/** What has to exist before log delivery can write to `logs`. */
export function writable(logs: LogStore): IDependable {
  return logs.bucket.policy ?? logs;
}

type LogDestination = CfnLoggingConfiguration.LogDestinationConfigProperty;

/** Where a network firewall logs what it dropped, and every connection it saw. */
export function firewallLogDestinations(
  owner: Construct,
  { key, logs }: LogTarget,
): { configs: LogDestination[]; ready: IDependable } {
  if (logs !== undefined) {
    const logDestination = { bucketName: logs.bucket.bucketName, prefix: 'network-firewall' };
    const to = (logType: string): LogDestination => ({ logType, logDestinationType: 'S3', logDestination });
    return { configs: [to('ALERT'), to('FLOW')], ready: writable(logs) };
  }
  const groups = { ALERT: createLogGroup(owner, 'AlertLogs', key), FLOW: createLogGroup(owner, 'ConnectionLogs', key) };
  const configs = Object.entries(groups).map(([logType, { logGroupName }]) => ({
    logType,
    logDestinationType: 'CloudWatchLogs',
    logDestination: { logGroup: logGroupName },
  }));
  return { configs, ready: letLogDeliveryWrite(owner, Object.values(groups)) };
}
