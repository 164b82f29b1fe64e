import { Duration } from 'aws-cdk-lib';
import {
  MathExpression,
  Metric,
  TreatMissingData,
  type Alarm,
  type IMetric,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  HttpCodeElb,
  HttpCodeTarget,
  type ApplicationLoadBalancer,
  type ApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm, addMachineReadAlarm, type IAlertTopics } from '../core/alerts';

const MINUTELY: MetricOptions = { period: Duration.minutes(1) };

export interface RequestAlarmsProps {
  /** Where requests arrive. */
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Who answers them. */
  readonly targetGroup: ApplicationTargetGroup;
  /** @default - nobody is told; deployments still read the alarms of `rollback` */
  readonly alerts?: IAlertTopics;
}

/** Alarms on what shoppers see: errors, tasks that cannot serve, slowness. */
export class RequestAlarms extends Construct {
  /** Alarms on which a deployment is rolled back. They are there without `alerts` too. */
  public readonly rollback: readonly Alarm[];

  public constructor(scope: Construct, id: string, { loadBalancer, targetGroup, alerts }: RequestAlarmsProps) {
    super(scope, id);
    this.rollback = [
      addMachineReadAlarm(this, 'Errors', alerts, {
        urgency: 'urgent',
        metric: errorShare(loadBalancer),
        threshold: 5,
        evaluationPeriods: 3,
        description:
          'One request in twenty fails. If a deployment is under way it is rolled back; otherwise read the newest log ' +
          'streams of the service, and look at the database and the payment gateway.',
      }),
      addMachineReadAlarm(this, 'UnhealthyTasks', alerts, {
        // ECS replaces the task; when it cannot, MissingTasks and Errors wake somebody.
        urgency: 'notice',
        metric: targetGroup.metrics.unhealthyHostCount({ ...MINUTELY, statistic: 'max' }),
        threshold: 1,
        evaluationPeriods: 5,
        description:
          'A task has failed its health check for five minutes. Read its log stream; ECS replaces it meanwhile.',
      }),
    ];
    if (alerts === undefined) {
      acknowledge(this, {
        rules: ['CloudWatchAlarmAction', 'CommerceBaseline-alarm-tells-somebody'],
        because:
          'Deployments read these alarms and roll back on them. Nobody is told, because no alert topics were given.',
      });
    }
    addAlarm(this, 'SlowRequests', alerts, {
      urgency: 'notice',
      metric: targetGroup.metrics.targetResponseTime({ ...MINUTELY, statistic: 'p99' }),
      threshold: 3,
      evaluationPeriods: 10,
      description:
        'One request in a hundred takes more than three seconds. Look for slow queries or give tasks more processor.',
    });
  }
}

/**
 * Failed requests in per cent; zero while fewer than five fail a minute, or one shopper would roll a night back. A load
 * balancer that finds no task to ask does not count the request, so its own errors are added.
 */
function errorShare({ metrics }: ApplicationLoadBalancer): IMetric {
  const options: MetricOptions = { ...MINUTELY, statistic: 'sum' };
  const errors = '(FILL(shop, 0) + FILL(balancer, 0))';
  return new MathExpression({
    ...MINUTELY,
    label: 'Failed requests in per cent',
    expression: `IF(${errors} >= 5, 100 * ${errors} / (FILL(requests, 0) + FILL(balancer, 0)), 0)`,
    usingMetrics: {
      shop: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, options),
      balancer: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, options),
      requests: metrics.requestCount(options),
    },
  });
}

/** Alarms on the tasks of `service`: too few of them, or too much for them to do. */
export function addTaskAlarms(scope: Construct, service: FargateService, alerts: IAlertTopics | undefined): void {
  const insight = (metricName: string): Metric =>
    new Metric({
      namespace: 'ECS/ContainerInsights',
      metricName,
      dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
      statistic: 'min',
      ...MINUTELY,
    });
  addAlarm(scope, 'MissingTasks', alerts, {
    urgency: 'urgent',
    metric: new MathExpression({
      ...MINUTELY,
      label: 'Tasks that should run and do not',
      expression: 'desired - running',
      usingMetrics: { desired: insight('DesiredTaskCount'), running: insight('RunningTaskCount') },
    }),
    threshold: 1,
    evaluationPeriods: 10,
    // Container Insights counts the tasks of every service all the time: silence means that nobody counts.
    treatMissingData: TreatMissingData.BREACHING,
    description:
      'For ten minutes fewer tasks ran than should. Read the events of the service: image, secret or health check.',
  });
  addAlarm(scope, 'ProcessorBusy', alerts, {
    urgency: 'notice',
    metric: service.metricCpuUtilization({ period: Duration.minutes(5) }),
    threshold: 85,
    evaluationPeriods: 3,
    description: 'The processor of the tasks is at 85 per cent although they scale. Raise scaling.max or cpu.',
  });
  addAlarm(scope, 'MemoryFull', alerts, {
    urgency: 'notice',
    metric: service.metricMemoryUtilization({ period: Duration.minutes(5), statistic: 'max' }),
    threshold: 85,
    evaluationPeriods: 3,
    description:
      'A task uses 85 per cent of its memory and is killed when it needs more. Raise memory or look for a leak.',
  });
}
