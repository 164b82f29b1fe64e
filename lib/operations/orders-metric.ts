import { Duration } from 'aws-cdk-lib';
import { type Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Problems } from '../core/errors';

type Bind = (scope: Construct, shopLog: ILogGroup | undefined) => IMetric | undefined;

/** How orders are counted. Only the shop knows when an order is one: a request that reached the checkout may have failed there. */
export class OrdersMetric {
  /** Not at all; the dashboard says so. */
  public static notMeasured(): OrdersMetric {
    return new OrdersMetric(() => undefined);
  }

  /**
   * By a line that the shop logs for each order, and for nothing else. Costs 0.30 USD a month.
   *
   *     OrdersMetric.logLine('{ $.event = "order.placed" }')
   *
   * @param pattern a filter pattern of CloudWatch Logs that matches the line
   * @param logGroup where the line stands. Left out: in the log of the shop that the dashboard is given
   */
  public static logLine(pattern: string, logGroup?: ILogGroup): OrdersMetric {
    return new OrdersMetric((scope, shopLog) => countLines(scope, pattern, logGroup ?? shopLog));
  }

  /**
   * By a metric that the shop publishes itself, with the sum of orders.
   *
   * @param metric the metric
   */
  public static ofMetric(metric: IMetric): OrdersMetric {
    return new OrdersMetric(() => metric);
  }

  private constructor(private readonly bind: Bind) {}

  /**
   * The metric; undefined where orders are not measured.
   *
   * @internal
   */
  public _metric(scope: Construct, shopLog: ILogGroup | undefined): IMetric | undefined {
    return this.bind(scope, shopLog);
  }
}

function countLines(scope: Construct, pattern: string, logGroup: ILogGroup | undefined): Metric | undefined {
  const problems = new Problems(`OrdersMetric at ${scope.node.path}`);
  problems.require(logGroup !== undefined, {
    code: 'OrdersLogMissing',
    property: 'orders',
    value: pattern,
    bound: 'have a log group in which the line is looked for',
    remedy: 'Give shopLog to the dashboard, or the log group to OrdersMetric.logLine.',
  });
  problems.throwIfAny();
  const filter =
    logGroup &&
    new MetricFilter(scope, 'Orders', {
      logGroup,
      filterPattern: FilterPattern.literal(pattern),
      metricNamespace: 'cdk-commerce-baseline',
      metricName: `Orders-${scope.node.addr.slice(-8)}`,
      defaultValue: 0,
    });
  return filter?.metric({ statistic: Stats.SUM, period: Duration.minutes(1) });
}
