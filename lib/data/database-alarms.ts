import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { FilterPattern, MetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import type { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { addAlarm, addAlertRule, type AlarmDefinition, type IAlertTopics } from '../core/alerts';
import type { DatabaseEngine } from './database-engine';

/** What is watched, and who is told. */
export interface WatchedDatabase {
  readonly alerts?: IAlertTopics;
  readonly engine: DatabaseEngine;
  readonly cluster: DatabaseCluster;
  readonly logGroups: readonly LogGroup[];
  readonly minCapacity?: number;
  readonly readers?: number;
}

/** Half of what PostgreSQL can count before it stops writing; AWS advises to look at this point. */
const TRANSACTIONS_LEFT_UNFROZEN = 1_000_000_000;

/** Milliseconds after which a reader shows shoppers an old stock: Aurora's own lag is below 100. */
const REPLICA_LAG = 2_000;

/** Refused logins in five minutes: a redeployment with an old password makes a few. */
const FAILED_LOGINS = 20;

/** Creates what tells `alerts` that the database needs somebody: nothing without `alerts`. */
export function watchDatabase(scope: Construct, watched: WatchedDatabase): void {
  const { alerts } = watched;
  if (alerts === undefined) {
    return;
  }
  watchMetrics(scope, alerts, watched);
  watchLogins(scope, alerts, watched);
  watchEvents(scope, alerts, watched);
}

/** Metrics that Aurora Serverless v2 has: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html */
function watchMetrics(
  scope: Construct,
  alerts: IAlertTopics,
  { engine, minCapacity, readers = 1, cluster }: WatchedDatabase,
): void {
  const writer = { DBClusterIdentifier: cluster.clusterIdentifier, Role: 'WRITER' };
  const alarm = (id: string, definition: AlarmDefinition): void => void addAlarm(scope, id, alerts, definition);
  // A cluster that may sleep says nothing while it does.
  if (minCapacity !== 0) {
    alarm('SilentAlarm', {
      urgency: 'urgent',
      metric: metric('EngineUptime', writer, Stats.SAMPLE_COUNT),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      threshold: 1,
      evaluationPeriods: 1,
      description:
        'The database has not reported for five minutes: no writer runs. Look at its events in RDS; a failover takes a minute, a restart without readers ten.',
    });
  }
  alarm('CapacityAlarm', {
    urgency: 'notice',
    metric: metric('ACUUtilization', writer, Stats.AVERAGE),
    threshold: 90,
    evaluationPeriods: 3,
    description:
      'The database has used nine tenths of its maximum capacity for a quarter of an hour. Look in Database Insights for what is slow, or raise maxCapacity.',
  });
  alarm('DeadlockAlarm', {
    urgency: 'notice',
    metric: metric('Deadlocks', writer, Stats.AVERAGE),
    threshold: 0.1,
    evaluationPeriods: 3,
    description:
      'Transactions of the shop block each other every few seconds, and some are undone. Look for them in the log of the database.',
  });
  if (engine._traits.proxyFamily === 'POSTGRESQL') {
    alarm('TransactionIdAlarm', {
      // A shop takes weeks to use the other half.
      urgency: 'notice',
      metric: metric('MaximumUsedTransactionIDs', writer, Stats.MAXIMUM),
      threshold: TRANSACTIONS_LEFT_UNFROZEN,
      evaluationPeriods: 1,
      description:
        'Half of the transaction numbers are used: at the end of them PostgreSQL stops writing. Find what keeps autovacuum from its work: old transactions, replication slots.',
    });
  }
  if (readers > 0) {
    alarm('ReplicaLagAlarm', {
      urgency: 'notice',
      metric: metric('AuroraReplicaLagMaximum', writer, Stats.MAXIMUM),
      threshold: REPLICA_LAG,
      evaluationPeriods: 3,
      description: 'A reader is two seconds and more behind the writer. Look for long transactions on the readers.',
    });
  }
}

function metric(metricName: string, dimensionsMap: Record<string, string>, statistic: string): Metric {
  return new Metric({ namespace: 'AWS/RDS', metricName, dimensionsMap, statistic, period: Duration.minutes(5) });
}

function watchLogins(scope: Construct, alerts: IAlertTopics, { engine, logGroups }: WatchedDatabase): void {
  const { logs, failedLogins } = engine._traits;
  const logGroup = logGroups[logs.indexOf(failedLogins.log)];
  const filter = new MetricFilter(scope, 'FailedLogins', {
    logGroup,
    filterPattern: FilterPattern.literal(failedLogins.pattern),
    metricNamespace: 'cdk-commerce-baseline',
    metricName: `FailedLogins-${scope.node.addr.slice(-8)}`,
    defaultValue: 0,
  });
  addAlarm(scope, 'FailedLoginsAlarm', alerts, {
    urgency: 'urgent',
    metric: filter.metric({ statistic: Stats.SUM, period: Duration.minutes(5) }),
    threshold: FAILED_LOGINS,
    evaluationPeriods: 1,
    description:
      'The database refused many logins within five minutes: a service holds an old password, or somebody inside the network guesses. Its log says which user, from which address.',
  });
}

/** Categories of https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html that somebody should hear of. */
const URGENT_EVENTS = ['deletion', 'failure', 'low storage'];
/** A failover is over within a minute, and part of patching; when it is not, SilentAlarm wakes somebody. */
const NOTICED_EVENTS = ['failover', 'maintenance', 'security patching', 'restoration'];

function watchEvents(scope: Construct, alerts: IAlertTopics, { cluster }: WatchedDatabase): void {
  const sources = [cluster.clusterIdentifier, ...cluster.instanceIdentifiers];
  const message = RuleTargetInput.fromText(
    `${EventField.fromPath('$.detail.SourceIdentifier')} at ${EventField.fromPath('$.detail.Date')}: ` +
      EventField.fromPath('$.detail.Message'),
  );
  const tell = (id: string, urgency: 'urgent' | 'notice', EventCategories: string[], description: string): void =>
    void addAlertRule(scope, id, alerts, {
      urgency,
      description,
      eventPattern: {
        source: ['aws.rds'],
        detailType: ['RDS DB Cluster Event', 'RDS DB Instance Event'],
        detail: { EventCategories, SourceIdentifier: sources },
      },
      message,
    });
  tell(
    'UrgentEvents',
    'urgent',
    URGENT_EVENTS,
    'The database fails, runs out of storage or is deleted. Look at its events in RDS, and whether the shop still answers',
  );
  tell(
    'Events',
    'notice',
    NOTICED_EVENTS,
    'The database failed over, is patched, can be patched or was restored. Nothing is to be done unless the message says so',
  );
}
