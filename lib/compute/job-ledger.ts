import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../core/acknowledge';
import { Problems } from '../core/errors';
import { JOB_RUN_TAG, JOBS_METADATA, type JobPlace, type JobStatement } from '../core/job-metadata';
import { letLogGroupsUse } from '../core/key-use';
import { removalPolicyOf } from '../core/stateful';
import { DataClass } from '../core/tags';
import { DataKey } from '../encryption/data-key';
import type { INetwork } from '../network/network-ref';
import type { IRunnable } from './runnable';
import { STREAM_PREFIX } from './storefront-task';

/** What may be run by hand, and where. */
export interface JobLedgerProps {
  /** Network of the tasks. */
  readonly network: INetwork;

  /** What commands can be run in, by the name that is typed: `{ Worker: worker }`. All of them are of one cluster. */
  readonly runnable: { [name: string]: IRunnable };

  /**
   * Key for the ledger.
   *
   * @default - a `DataKey` of its own
   */
  readonly logsKey?: IKey;
}

/**
 * Whoever runs a command in the shop by hand is written down with the reason before it runs, and cannot change what is
 * written: the other side of `commerce-baseline job run`. Nobody may run anything until `grantRun` or an attachment of
 * the policy lets them, and then only what the store's own task definitions hold, image and roles included.
 *
 * Creates the log group of the ledger, kept for 13 months and retained, the policy, and an output for each process. One
 * for each stack. The policy demands the tag that the command sets with the id of the entry; that an entry stands under
 * that id is the command's doing, which CloudTrail's record of `RunTask` can be held against. Costs what the log holds.
 */
export class JobLedger extends Construct {
  /** Who ran what, when and why. */
  public readonly logGroup: LogGroup;
  /** What whoever runs a command may do, and nothing else. */
  public readonly runPolicy: ManagedPolicy;

  public constructor(scope: Construct, id: string, props: JobLedgerProps) {
    super(scope, id);
    requireRunnable(this, props);
    this.logGroup = this.createLogGroup(props.logsKey ?? new DataKey(this, 'LogsKey', { dataClass: DataClass.LOGS }));
    this.runPolicy = this.createPolicy(Object.values(props.runnable));
    const statements = Object.entries(props.runnable).map(([name, runnable]) => this.state(name, runnable, props));
    Stack.of(this).node.addMetadata(JOBS_METADATA, statements);
  }

  /**
   * Lets `role` run commands.
   *
   * @param role that people take on
   */
  public grantRun(role: IRole): void {
    this.runPolicy.attachToRole(role);
  }

  private createLogGroup(encryptionKey: IKey): LogGroup {
    letLogGroupsUse(encryptionKey);
    return new LogGroup(this, 'Logs', {
      encryptionKey,
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: removalPolicyOf(this),
    });
  }

  private createPolicy(runnable: readonly IRunnable[]): ManagedPolicy {
    const stack = Stack.of(this);
    const { clusterArn, clusterName } = runnable[0].cluster;
    const tasks = stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${clusterName}/*` });
    const self = stack.formatArn({
      service: 'cloudformation',
      resource: 'stack',
      resourceName: `${stack.stackName}/*`,
    });
    const output = [...new Set(runnable.map(({ logGroup }) => logGroup.logGroupArn))];
    const ledger = this.logGroup.logGroupArn;
    const policy = new ManagedPolicy(this, 'Run', {
      description: 'Run commands in the tasks of the shop, each with a reason that is written down',
      statements: [
        may('Find', ['cloudformation:DescribeStacks'], [self]),
        may('Account', ['logs:CreateLogStream', 'logs:PutLogEvents'], [ledger]),
        may(
          'Start',
          ['ecs:RunTask'],
          runnable.map(({ taskDefinition }) => taskDefinition.taskDefinitionArn),
          { ArnEquals: { 'ecs:cluster': clusterArn }, Null: { [`aws:RequestTag/${JOB_RUN_TAG}`]: 'false' } },
        ),
        may('Tag', ['ecs:TagResource'], [tasks], { StringEquals: { 'ecs:CreateAction': 'RunTask' } }),
        may('Pass', ['iam:PassRole'], rolesOf(runnable), {
          StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
        }),
        may('Watch', ['ecs:DescribeTasks'], [tasks], { ArnEquals: { 'ecs:cluster': clusterArn } }),
        may('Stop', ['ecs:StopTask'], [tasks], { Null: { [`aws:ResourceTag/${JOB_RUN_TAG}`]: 'false' } }),
        may('Read', ['logs:FilterLogEvents', 'logs:GetLogEvents'], output),
      ],
    });
    acknowledgeWildcards(policy, {
      matching: [tasks, self, ledger, ...output],
      because:
        'AWS makes up the ids of tasks, log streams and stacks. The names before them are those of this store, and of ' +
        'its tasks only those that were run by hand can be stopped.',
    });
    return policy;
  }

  private state(name: string, runnable: IRunnable, { network }: JobLedgerProps): JobStatement {
    const { cluster, taskDefinition, container, connections, logGroup, command, endsByItself } = runnable;
    const place: JobPlace = {
      cluster: cluster.clusterArn,
      taskDefinition: taskDefinition.taskDefinitionArn,
      container: container.containerName,
      subnets: network.applicationSubnets.map(({ subnetId }) => subnetId),
      securityGroups: connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
      logGroup: logGroup.logGroupName,
      streamPrefix: STREAM_PREFIX,
      ledger: this.logGroup.logGroupName,
      policy: this.runPolicy.managedPolicyArn,
    };
    const stack = Stack.of(this);
    const output = new CfnOutput(this, name, {
      value: stack.toJsonString(place),
      description: `Where "commerce-baseline job run ${name}" runs`,
    });
    return { name, command, ends: endsByItself, output: stack.getLogicalId(output) };
  }
}

function may(
  sid: string,
  actions: string[],
  resources: string[],
  conditions?: Record<string, Record<string, string>>,
): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources, conditions });
}

function rolesOf(runnable: readonly IRunnable[]): string[] {
  return runnable.flatMap(({ taskDefinition }) => [
    taskDefinition.taskRole.roleArn,
    taskDefinition.obtainExecutionRole().roleArn,
  ]);
}

function requireRunnable(ledger: JobLedger, { runnable }: JobLedgerProps): void {
  const problems = new Problems(`JobLedger ${ledger.node.path}`);
  const clusters = new Set(Object.values(runnable).map(({ cluster }) => cluster));
  problems.require(clusters.size === 1, {
    code: 'ClusterNotOne',
    property: 'runnable',
    value: clusters.size,
    bound: 'be of one cluster',
    remedy: 'Give the processes of one shop, one at least; another cluster has a ledger of its own.',
  });
  problems.throwIfAny();
}
