import { Aws, Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type CfnFlowLogProps } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, type IDependable } from 'constructs';
import type { LogStore } from '../core/log-store';
import { ServiceRole } from '../core/service-role';
import { createLogGroup, writable, type LogTarget } from './network-logs';

/** Whose connections are written down, and where. */
export interface FlowLogProps extends LogTarget {
  /** The VPC. */
  readonly vpcId: string;
}

/**
 * Every field up to version 5 of the format: who really sent a packet and who received it behind a NAT gateway or a load
 * balancer (`pkt-…`), which way it went (`flow-direction`, `traffic-path`), and which AWS service was at the other end.
 */
const FIELDS = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
  'vpc-id',
  'subnet-id',
  'instance-id',
  'tcp-flags',
  'type',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'region',
  'az-id',
  'sublocation-type',
  'sublocation-id',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'flow-direction',
  'traffic-path',
];

/** Writes down every connection in a VPC, accepted or not, each minute. */
export class FlowLog extends Construct {
  /** The flow log. */
  public readonly resource: CfnFlowLog;

  public constructor(scope: Construct, id: string, { vpcId, key, logs }: FlowLogProps) {
    super(scope, id);
    const { ready, ...target } = logs === undefined ? this.intoLogGroup(key) : intoStore(logs);
    this.resource = new CfnFlowLog(this, 'Resource', {
      ...target,
      resourceType: 'VPC',
      resourceId: vpcId,
      trafficType: 'ALL',
      maxAggregationInterval: 60,
      logFormat: FIELDS.map((field) => `\${${field}}`).join(' '),
    });
    this.resource.node.addDependency(ready);
  }

  private intoLogGroup(key: IKey): FlowLogTarget {
    const { account, region } = Stack.of(this);
    const logGroup = createLogGroup(this, 'Logs', key);
    const role = new ServiceRole(this, 'Role', {
      description: 'Writes flow logs',
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      }),
    });
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const { logGroupName } = logGroup;
    return {
      logDestinationType: 'cloud-watch-logs',
      logGroupName,
      deliverLogsPermissionArn: role.roleArn,
      ready: role,
    };
  }
}

/** Where a flow log writes, and what has to exist before it can. */
type FlowLogTarget = Partial<CfnFlowLogProps> & { readonly ready: IDependable };

function intoStore(logs: LogStore): FlowLogTarget {
  return {
    logDestinationType: 's3',
    logDestination: logs.bucket.arnForObjects('vpc-flow-logs'),
    destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
    ready: writable(logs),
  };
}
