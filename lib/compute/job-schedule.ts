import { Duration, Stack } from 'aws-cdk-lib';
import { FargatePlatformVersion } from 'aws-cdk-lib/aws-ecs';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, type ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { EcsRunFargateTask } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { createNotStartedQueue } from '../core/not-started-queue';
import { ServiceRole } from '../core/service-role';
import type { INetwork } from '../network/network-ref';
import type { StorefrontTask } from './storefront-task';

export interface JobScheduleProps {
  /** What is run. */
  readonly task: StorefrontTask;
  /** Where it runs. */
  readonly network: INetwork;
  /** When it runs. */
  readonly schedule: ScheduleExpression;
  /** @default - nobody is told of a run that could not be started */
  readonly alerts?: IAlertTopics;
}

/** Starts a task by the clock; what could not be started within an hour is kept, and somebody is told. */
export class JobSchedule extends Construct {
  public constructor(scope: Construct, id: string, props: JobScheduleProps) {
    super(scope, id);
    const { task, network, schedule, alerts } = props;
    const notStarted = createNotStartedQueue(this, {
      key: task.logsKey,
      alerts,
      description: 'A scheduled job could not be started for an hour. The message in its dead-letter queue says why.',
    });
    const role = this.createRole();
    task.logsKey.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const target = new EcsRunFargateTask(task.cluster, {
      taskDefinition: task.taskDefinition,
      vpcSubnets: { subnets: network.applicationSubnets },
      assignPublicIp: false,
      securityGroups: [task.securityGroup],
      platformVersion: FargatePlatformVersion.LATEST,
      role,
      deadLetterQueue: notStarted,
      // A run that is late by more than an hour is the next run's work.
      maxEventAge: Duration.hours(1),
      retryAttempts: 10,
    });
    const started = new Schedule(this, 'Schedule', { schedule, target });
    started.node.addDependency(network.ready, ...task.startConditions);
  }

  private createRole(): ServiceRole {
    const assumedBy = new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    return new ServiceRole(this, 'Role', { assumedBy, description: 'Starts a job by the clock' });
  }
}
