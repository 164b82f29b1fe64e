import type { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AlarmBehavior,
  AvailabilityZoneRebalancing,
  FargatePlatformVersion,
  FargateService,
  PropagatedTagSource,
  type ScalableTaskCount,
} from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RedeployOnRotation } from './redeploy-on-rotation';
import { addTaskAlarms } from './service-alarms';
import type { StorefrontJob } from './storefront-job';
import type { StorefrontTask } from './storefront-task';
import type { StorefrontWorkloadProps } from './storefront-workload-props';
import { scaleByLoad, type TaskScaling } from './task-scaling';

export interface RunningTasksProps extends StorefrontWorkloadProps {
  /** What is kept running. */
  readonly task: StorefrontTask;
  /** @default - `fewest` to 10 tasks, by load */
  readonly scaling?: TaskScaling;
  /** How many tasks run at least, unless `scaling` says more. */
  readonly fewest: number;
  /** @default - none */
  readonly before?: StorefrontJob[];
  /** @default - a deployment is rolled back only when its tasks do not start */
  readonly rollbackAlarms?: readonly Alarm[];
  /** @default - there is no health check */
  readonly healthCheckGracePeriod?: Duration;
}

/** A task that is kept running: the ECS service, its number of tasks, its alarms, and what deploys it again. */
export class RunningTasks extends Construct {
  /** The service. */
  public readonly service: FargateService;
  /** How many tasks it has. */
  public readonly count: ScalableTaskCount;
  private redeployment?: RedeployOnRotation;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RunningTasksProps,
  ) {
    super(scope, id);
    this.service = this.createService(props);
    this.count = scaleByLoad(this.service, props.scaling ?? {}, props.fewest);
    this.waitFor(props);
    addTaskAlarms(this, this.service, props.alerts);
    Object.values(props.secrets ?? {}).forEach(({ secret }) => this.redeployWhenRotated(secret));
  }

  /** Deploys the service again when `secret` is rotated. */
  public redeployWhenRotated(secret: ISecret): void {
    const { service } = this;
    const { task, alerts } = this.props;
    this.redeployment ??= new RedeployOnRotation(this, 'Rotation', { service, key: task.logsKey, alerts });
    this.redeployment.watch(secret);
  }

  private createService({ task, network, rollbackAlarms, healthCheckGracePeriod }: RunningTasksProps): FargateService {
    const alarmNames = rollbackAlarms?.map(({ alarmName }) => alarmName);
    // No desired count: it would take back, on every deployment, what scaling has added.
    return new FargateService(this, 'Service', {
      cluster: task.cluster,
      taskDefinition: task.taskDefinition,
      platformVersion: FargatePlatformVersion.LATEST,
      vpcSubnets: { subnets: network.applicationSubnets },
      assignPublicIp: false,
      securityGroups: [task.securityGroup],
      enableExecuteCommand: false,
      availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      deploymentAlarms: alarmNames && { alarmNames, behavior: AlarmBehavior.ROLLBACK_ON_ALARM },
      healthCheckGracePeriod,
      propagateTags: PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
    });
  }

  /** The first task must find its network, its rights and the work of the jobs before it. */
  private waitFor({ network, task, before = [] }: RunningTasksProps): void {
    this.service.node.addDependency(network.ready, ...task.startConditions);
    before.forEach((job, index) => this.service.node.addDependency(job._doneBeforeRollout(before[index - 1])));
  }
}
