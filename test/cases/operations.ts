import { type Stack } from 'aws-cdk-lib';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Cluster, FargateService, type IBaseService } from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import {
  AlertHeartbeat,
  AlertTopics,
  OrdersMetric,
  SpendAnomalies,
  SpendGuard,
  SpendScope,
  StoreDashboard,
  Weekday,
} from '../../lib';
import { type ConstructCases } from '../support/cases';

export const operations: ConstructCases = {
  AlertHeartbeat: {
    minimal: (stack) => new AlertHeartbeat(stack, 'Heartbeat', { alerts: new AlertTopics(stack, 'Alerts') }),
    loaded: (stack) => {
      const alerts = new AlertTopics(stack, 'Alerts', { urgentEmails: ['oncall@acme.example'] });
      new AlertHeartbeat(stack, 'Heartbeat', { alerts, weekday: Weekday.THURSDAY, hour: 1 });
    },
  },
  SpendGuard: {
    minimal: (stack) => new SpendGuard(stack, 'Spend', { alerts: new AlertTopics(stack, 'Alerts') }),
    loaded: (stack) => {
      new SpendGuard(stack, 'Spend', {
        alerts: new AlertTopics(stack, 'Alerts', { urgentEmails: ['oncall@acme.example'] }),
        monthlyBudget: 600,
        scope: SpendScope.tagged({ project: 'shop' }),
        anomalies: SpendAnomalies.ofServices(),
      });
    },
  },
  StoreDashboard: {
    minimal: (stack) => new StoreDashboard(stack, 'Dashboard'),
    loaded: (stack) => new StoreDashboard(stack, 'Dashboard', everything(stack)),
  },
};

/** A shop that was there before. */
function everything(stack: Stack): ConstructorParameters<typeof StoreDashboard>[2] {
  return {
    title: 'Acme Supplies',
    orders: OrdersMetric.logLine('{ $.event = "order.placed" }'),
    shopLog: LogGroup.fromLogGroupName(stack, 'ShopLog', 'shop'),
    distribution: Distribution.fromDistributionAttributes(stack, 'Distribution', {
      distributionId: 'E2QWRUHAPOMQZL',
      domainName: 'd111111abcdef8.cloudfront.net',
    }),
    refusedRequests: new Metric({ namespace: 'AWS/WAFV2', metricName: 'BlockedRequests' }),
    services: { Server: service(stack) },
    database: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Database', { clusterIdentifier: 'shop' }),
    spend: new SpendGuard(stack, 'Spend', { alerts: new AlertTopics(stack, 'Alerts') }),
  };
}

function service(stack: Stack): IBaseService {
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-central-1:111122223333:cluster/shop');
  return FargateService.fromFargateServiceAttributes(stack, 'Server', { cluster, serviceName: 'server' });
}
