import { Aws, Fn } from 'aws-cdk-lib';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Construct, IDependable } from 'constructs';
import { addAlertRule } from '../core/alerts';
import { JobSchedule } from './job-schedule';
import { RolloutGate } from './rollout-gate';
import { StorefrontWorkload } from './storefront-workload';
import type { StorefrontWorkloadProps } from './storefront-workload-props';

/** What a job needs beyond what every workload needs. */
export interface StorefrontJobProps extends StorefrontWorkloadProps {
  /**
   * When it runs, in a time zone: `ScheduleExpression.cron({ minute: '15', hour: '3', timeZone: TimeZone.ASIA_MANILA })`.
   *
   * @default - never by the clock: on demand, or before a rollout
   */
  readonly schedule?: ScheduleExpression;
}

/**
 * A task that ends: by the clock, on demand, or before a rollout (give it to `before` of a service or a worker). It is
 * kept in as a `StorefrontService` is, and nobody can call it.
 *
 * Before a rollout it runs whenever its task definition changes (image, command, settings). The deployment waits up to
 * 50 minutes and fails, with the name of the log stream, unless it succeeds. It must therefore be safe to run twice. On a
 * rollback nothing runs: the former version meets what the job has already done, so a migration has to leave room for
 * it. A deletion runs nothing either.
 */
export class StorefrontJob extends StorefrontWorkload {
  /** The command with which somebody who may do so runs the job on demand. */
  public readonly runTaskCommand: string;
  private readonly props: StorefrontJobProps;
  private gate?: RolloutGate;

  public constructor(scope: Construct, id: string, props: StorefrontJobProps) {
    super(scope, id, props, { description: 'A job of the shop', endsByItself: true });
    this.props = props;
    this.runTaskCommand = this.renderCommand();
    const { schedule, network, alerts } = props;
    if (schedule !== undefined) {
      new JobSchedule(this, 'Clock', { task: this._task, network, schedule, alerts });
    }
    this.alertOnFailure();
  }

  /**
   * What a service waits for that may be deployed only when this job has succeeded, and when `former` has before it.
   *
   * @internal
   */
  public _doneBeforeRollout(former?: StorefrontJob): IDependable {
    const { network, alerts } = this.props;
    this.gate ??= new RolloutGate(this, 'Rollout', { task: this._task, network, alerts });
    if (former !== undefined) {
      this.gate.done.node.addDependency(former._doneBeforeRollout());
    }
    return this.gate.done;
  }

  private renderCommand(): string {
    const subnets = Fn.join(
      ',',
      this.props.network.applicationSubnets.map(({ subnetId }) => subnetId),
    );
    const network = `awsvpcConfiguration={subnets=[${subnets}],securityGroups=[${this._task.securityGroup.securityGroupId}]}`;
    return [
      `aws ecs run-task --region ${Aws.REGION} --cluster ${this.cluster.clusterName}`,
      `--task-definition ${this.taskDefinition.taskDefinitionArn}`,
      `--launch-type FARGATE --network-configuration '${network}'`,
    ].join(' ');
  }

  private alertOnFailure(): void {
    const { alerts } = this.props;
    if (alerts === undefined) {
      return;
    }
    const task = EventField.fromPath('$.detail.taskArn');
    addAlertRule(this, 'FailedRule', alerts, {
      // The clock tries again, and before a rollout whoever deploys is awake: the deployment fails with it.
      urgency: 'notice',
      description:
        'A job of the shop failed or could not be started. Read what it said in the log group that the message names',
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Task State Change'],
        detail: {
          clusterArn: [this.cluster.clusterArn],
          group: [`family:${this.taskDefinition.family}`],
          lastStatus: ['STOPPED'],
          $or: [{ containers: { exitCode: [{ 'anything-but': [0] }] } }, { stopCode: ['TaskFailedToStart'] }],
        },
      },
      message: RuleTargetInput.fromText(
        `Job ${this.node.id} failed: ${EventField.fromPath('$.detail.stoppedReason')} Task ${task}. ` +
          `What it said is in log group ${this.logGroup.logGroupName}.`,
      ),
    });
  }
}
