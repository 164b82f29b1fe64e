import { Duration } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import {
  GraphWidget,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IBaseService } from 'aws-cdk-lib/aws-ecs';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';

/** Two of them side by side. */
const SIZE = { width: 12, height: 6 };

/** Where CloudFront, its firewall and billing count. */
const US_EAST_1 = 'us-east-1';

const PERIOD = Duration.minutes(5);
const FROM_ZERO = { min: 0, showUnits: false };
const PER_CENT = { ...FROM_ZERO, max: 100 };

/** Orders a minute, or that nobody counts them. */
export function orders(metric: IMetric | undefined): IWidget {
  return metric === undefined
    ? new TextWidget({ ...SIZE, markdown: NOT_MEASURED })
    : new GraphWidget({ ...SIZE, title: 'Orders a minute', left: [perMinute(metric)], leftYAxis: FROM_ZERO });
}

const NOT_MEASURED = `## Orders: not measured

Nobody has said yet by what an order is known, so a shop that sells nothing looks here like one that sells.
\`OrdersMetric.logLine\` counts a line that the shop logs for each order; \`OrdersMetric.ofMetric\` takes a metric of its own.`;

/** The mean over a minute of whatever stretch a point stands for. */
function perMinute(metric: IMetric): IMetric {
  return new MathExpression({
    expression: 'orders / PERIOD(orders) * 60',
    usingMetrics: { orders: metric },
    label: 'orders',
    period: PERIOD,
  });
}

/** Visitors, errors, waiting, cache: as CloudFront counts them. */
export function visitors(distribution: IDistribution): IWidget[] {
  const metric = (metricName: string, statistic: string, label: string): Metric =>
    new Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
      region: US_EAST_1,
      statistic,
      label,
      period: PERIOD,
    });
  const seconds = (id: string, statistic: string, label: string): MathExpression =>
    new MathExpression({
      expression: `${id} / 1000`,
      usingMetrics: { [id]: metric('OriginLatency', statistic, label) },
      searchRegion: US_EAST_1,
      label,
      period: PERIOD,
    });
  return [
    new GraphWidget({
      ...SIZE,
      title: 'What visitors asked for, in five minutes: pages, pictures and everything else',
      left: [metric('Requests', Stats.SUM, 'requests')],
      leftYAxis: FROM_ZERO,
    }),
    new GraphWidget({
      ...SIZE,
      title: 'Answers that were an error of the shop, per cent',
      left: [metric('5xxErrorRate', Stats.AVERAGE, 'errors')],
      leftYAxis: PER_CENT,
    }),
    new GraphWidget({
      ...SIZE,
      title: 'How long the shop takes to answer, seconds',
      left: [seconds('half', 'p50', 'half are faster than'), seconds('most', 'p90', 'nine in ten are faster than')],
      leftYAxis: FROM_ZERO,
    }),
    new GraphWidget({
      ...SIZE,
      title: 'Answered without asking the shop (cache), per cent',
      left: [metric('CacheHitRate', Stats.AVERAGE, 'from the cache')],
      leftYAxis: PER_CENT,
    }),
  ];
}

/** What the firewall refused. */
export function refused(metric: Metric): IWidget {
  return new GraphWidget({
    ...SIZE,
    title: 'Requests that the firewall refused, in five minutes',
    left: [metric.with({ region: US_EAST_1, statistic: Stats.SUM, period: PERIOD, label: 'refused' })],
    leftYAxis: FROM_ZERO,
  });
}

/** Copies of the shop that run, beside those that should. */
export function tasks(services: Readonly<Record<string, IBaseService>>): IWidget {
  const metric = (service: IBaseService, metricName: string, label: string): Metric =>
    new Metric({
      namespace: 'ECS/ContainerInsights',
      metricName,
      dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
      statistic: Stats.MINIMUM,
      label,
      period: PERIOD,
    });
  return new GraphWidget({
    ...SIZE,
    title: 'Copies of the shop that run (tasks)',
    left: Object.entries(services).flatMap(([name, service]) => [
      metric(service, 'RunningTaskCount', `${name}: run`),
      metric(service, 'DesiredTaskCount', `${name}: should run`),
    ]),
    leftYAxis: FROM_ZERO,
  });
}

/** How hard the database works, and how large it has made itself for that. */
export function database(cluster: IDatabaseCluster): IWidget {
  const metric = (metricName: string, label: string): Metric =>
    new Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { DBClusterIdentifier: cluster.clusterIdentifier, Role: 'WRITER' },
      statistic: Stats.AVERAGE,
      label,
      period: PERIOD,
    });
  return new GraphWidget({
    ...SIZE,
    title: 'Database: how much of what it may use is used, per cent; and its size',
    left: [metric('ACUUtilization', 'used, per cent')],
    leftYAxis: PER_CENT,
    right: [metric('ServerlessDatabaseCapacity', 'capacity units')],
    rightYAxis: FROM_ZERO,
  });
}

/** What the account has cost since the month began, and what it may. */
export function cost(budget: number | undefined): IWidget {
  const charges = new Metric({
    namespace: 'AWS/Billing',
    metricName: 'EstimatedCharges',
    dimensionsMap: { Currency: 'USD' },
    region: US_EAST_1,
    statistic: Stats.MAXIMUM,
    label: 'so far this month',
    // AWS writes it a few times a day.
    period: Duration.hours(6),
  });
  return new GraphWidget({
    ...SIZE,
    title: 'Cost of the whole account this month, USD (empty until CloudWatch billing alerts are turned on in Billing)',
    left: [charges],
    leftAnnotations: budget === undefined ? [] : [{ value: budget, label: 'budget' }],
    leftYAxis: FROM_ZERO,
    start: '-P31D',
  });
}
