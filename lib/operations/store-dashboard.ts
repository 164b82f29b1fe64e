import { Aws, Duration, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Dashboard, TextWidget, type IWidget, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBaseService } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { identityOf } from '../core/identity';
import * as widgets from './dashboard-widgets';
import { OrdersMetric } from './orders-metric';
import type { SpendGuard } from './spend-guard';

/** What is shown. What is left out is not on the dashboard, except orders: it then says that nobody counts them. */
export interface StoreDashboardProps {
  /**
   * The name that people know the shop by.
   *
   * @default - id and environment of the store, or the name of the stack
   */
  readonly title?: string;

  /**
   * How orders are counted.
   *
   * @default OrdersMetric.notMeasured()
   */
  readonly orders?: OrdersMetric;

  /**
   * The log of the shop, in which `OrdersMetric.logLine` looks.
   *
   * @default - none
   */
  readonly shopLog?: ILogGroup;

  /**
   * The distribution: visitors, errors, waiting, cache. Waiting and cache need its additional metrics, which
   * `DistributionTelemetry` turns on.
   *
   * @default - not shown
   */
  readonly distribution?: IDistribution;

  /**
   * Requests that the firewall of the distribution refused: `firewall.metricRefused()`. Read in us-east-1, where it is.
   *
   * @default - not shown
   */
  readonly refusedRequests?: Metric;

  /**
   * The services of the shop, by names that a shopkeeper knows them by. Their cluster has Container Insights.
   *
   * @default - not shown
   */
  readonly services?: { [name: string]: IBaseService };

  /**
   * The database, an Aurora Serverless v2 cluster.
   *
   * @default - not shown
   */
  readonly database?: IDatabaseCluster;

  /**
   * The guard whose budget is drawn beside what the account costs.
   *
   * @default - no line is drawn
   */
  readonly spend?: SpendGuard;
}

/**
 * One page on which somebody who sells things, and does not run servers, sees how the shop is: orders, visitors, errors,
 * waiting, refused requests, tasks, database, cost. Stands in the home Region and reads us-east-1 where AWS counts there.
 *
 * It shows what is measured and says what is not. It proves nothing about the payment gateway, and needs the console: give
 * whoever reads it a role with `CloudWatchReadOnlyAccess`. Costs 3 USD a month.
 */
export class StoreDashboard extends Construct {
  /** The dashboard, for whoever adds to it. */
  public readonly dashboard: Dashboard;
  /** Where it is in the console. */
  public readonly url: string;

  /** @throws BaselineError `OrdersLogMissing` */
  public constructor(scope: Construct, id: string, props: StoreDashboardProps = {}) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    this.dashboard.addWidgets(
      new TextWidget({ markdown: introduction(props.title ?? this.whose()), width: 24, height: 2 }),
    );
    this.dashboard.addWidgets(...this.render(props));
    this.url = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${this.dashboard.dashboardName}`;
  }

  private whose(): string {
    const identity = identityOf(this);
    return identity ? `${identity.id} (${identity.environment})` : Stack.of(this).stackName;
  }

  private render(props: StoreDashboardProps): IWidget[] {
    const { orders = OrdersMetric.notMeasured(), shopLog, distribution, refusedRequests, services, database } = props;
    return [
      widgets.orders(orders._metric(this, shopLog)),
      ...(distribution ? widgets.visitors(distribution) : []),
      ...(refusedRequests ? [widgets.refused(refusedRequests)] : []),
      ...(services ? [widgets.tasks(services)] : []),
      ...(database ? [widgets.database(database)] : []),
      widgets.cost(props.spend?.monthlyBudget),
    ];
  }
}

function introduction(title: string): string {
  return [
    `# ${title}`,
    'Left is earlier, right is now. A line that falls to zero is as telling as one that rises. What alarms mean, and what to do, is in docs/ALARMS.md.',
  ].join('\n\n');
}
