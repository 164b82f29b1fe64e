import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlertTopics, CustomerDatabase, type CustomerDatabaseProps, DatabaseEngine } from '../../lib';
import { existingNetwork } from '../support/network';
import { foreignStack } from '../support/stack';

function watched(props: Partial<CustomerDatabaseProps> = {}): Template {
  const stack = foreignStack();
  const alerts = new AlertTopics(stack, 'Alerts');
  new CustomerDatabase(stack, 'Orders', { network: existingNetwork(stack), alerts, ...props });
  return Template.fromStack(stack);
}

/** Names of the database's metrics that have an alarm. */
function alarmed(template: Template): string[] {
  const alarms = template.findResources('AWS::CloudWatch::Alarm') as Record<
    string,
    { Properties: { MetricName: string } }
  >;
  return Object.entries(alarms)
    .filter(([id]) => id.startsWith('Orders'))
    .map(([, { Properties }]) => Properties.MetricName.replace(/-.*/, ''))
    .sort();
}

const CLUSTER = { Name: 'DBClusterIdentifier', Value: { Ref: 'OrdersCluster' } };

test('a database without alerts has no alarms', () => {
  const stack = foreignStack();
  new CustomerDatabase(stack, 'Orders', { network: existingNetwork(stack) });
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('PostgreSQL is watched for silence, capacity, deadlocks, lag, refused logins and its transaction numbers', () => {
  expect(alarmed(watched())).toEqual([
    'ACUUtilization',
    'AuroraReplicaLagMaximum',
    'Deadlocks',
    'EngineUptime',
    'FailedLogins',
    'MaximumUsedTransactionIDs',
  ]);
});

test('half of the transaction numbers wake nobody: the other half lasts for weeks', () => {
  watched().hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'MaximumUsedTransactionIDs',
    AlarmDescription: Match.stringLikeRegexp('^\\[notice\\]'),
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlertsNotice') }],
  });
});

test('MySQL has no transaction numbers to run out of', () => {
  expect(alarmed(watched({ engine: DatabaseEngine.auroraMysql('8.4') }))).not.toContain('MaximumUsedTransactionIDs');
});

test('a writer without readers has no lag', () => {
  expect(alarmed(watched({ readers: 0 }))).not.toContain('AuroraReplicaLagMaximum');
});

test('a cluster that may sleep is not reported as silent', () => {
  expect(alarmed(watched({ minCapacity: 0 }))).not.toContain('EngineUptime');
});

test('silence of the writer, whichever instance that is, wakes somebody', () => {
  watched().hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'EngineUptime',
    Dimensions: [CLUSTER, { Name: 'Role', Value: 'WRITER' }],
    Statistic: 'SampleCount',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    TreatMissingData: 'breaching',
    AlarmDescription: Match.stringLikeRegexp('^\\[urgent\\]'),
  });
});

test.each([
  [undefined, 'Postgresql', '?"password authentication failed" ?"PAM authentication failed"'],
  [DatabaseEngine.auroraMysql('8.0'), 'Audit', '"FAILED_CONNECT"'],
])('refused logins are counted in the log of the engine', (engine, log, pattern) => {
  const template = watched({ engine });
  template.hasResourceProperties('AWS::Logs::MetricFilter', {
    FilterPattern: pattern,
    LogGroupName: { Ref: Match.stringLikeRegexp(`^Orders${log}Logs`) },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: Match.stringLikeRegexp('^FailedLogins-'),
    Threshold: 20,
    Statistic: 'Sum',
  });
});

test('events of the cluster and its instances are told: at once what is lost, next day what mends itself or is patched', () => {
  const template = watched();
  const sources = [{ Ref: 'OrdersCluster' }, { Ref: 'OrdersWriter' }, { Ref: 'OrdersReader1' }];
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.rds'],
      'detail-type': ['RDS DB Cluster Event', 'RDS DB Instance Event'],
      detail: { EventCategories: ['deletion', 'failure', 'low storage'], SourceIdentifier: sources },
    },
    Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlertsUrgent') } })],
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({
      detail: {
        EventCategories: ['failover', 'maintenance', 'security patching', 'restoration'],
        SourceIdentifier: sources,
      },
    }),
    Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlertsNotice') } })],
  });
});
