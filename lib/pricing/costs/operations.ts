import { byUse, charge, fixed, unknown, type Charge, type Estimate, type Estimates } from '../charge';
import { at, listOf, numberOf, ofType, refersTo, type StackResources, type TemplateResource } from '../template';
import type { Traffic } from '../traffic';

const AHEAD = 'there is no price for capacity that is kept ready';

/** What watches. */
export const OPERATIONS: Estimates = {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': fixed('alarms and dashboard', 'compositeAlarm'),
  'AWS::CloudWatch::Dashboard': fixed('alarms and dashboard', 'dashboard'),
  'AWS::Logs::MetricFilter': fixed('alarms and dashboard', 'metric'),
  'AWS::Logs::LogGroup': logGroup,
  // Free as long as one thing is not asked for.
  'AWS::SSM::Parameter': unless('parameters', 'Tier', 'there is no price for parameters of other tiers than Standard'),
  'AWS::ApiGateway::Stage': unless('APIs', 'CacheClusterEnabled', 'there is no price for the cache of an API'),
  'AWS::Lambda::Version': unless('functions', 'ProvisionedConcurrencyConfig', AHEAD),
  'AWS::Lambda::Alias': unless('functions', 'ProvisionedConcurrencyConfig', AHEAD),
};

/** Nothing, unless `property` asks for more than its default. */
function unless(what: string, property: string, why: string): Estimate {
  return ({ properties }) =>
    [undefined, false, 'Standard'].includes(properties[property] as undefined) ? [] : [unknown(what, why)];
}

/** An alarm on an expression costs as much as the metrics in it; one on a band, that and the two edges of the band. */
function alarm({ properties }: TemplateResource): Charge[] {
  const { Metrics, Period, ThresholdMetricId } = properties;
  if (Metrics !== undefined && !Array.isArray(Metrics)) {
    return [unknown('alarms and dashboard', 'the template leaves its metrics to a parameter or another stack')];
  }
  const read = listOf(Metrics).filter((query) => at(query, 'MetricStat') !== undefined);
  const periods = [Period, ...read.map((query) => at(query, 'MetricStat', 'Period'))];
  const isFast = periods.some((period) => (numberOf(period, 60) ?? 60) < 60);
  const bandEdges = ThresholdMetricId === undefined ? 0 : 2;
  return [charge('alarms and dashboard', isFast ? 'fastAlarm' : 'alarm', Math.max(1, read.length) + bandEdges)];
}

/** Shoppers fill the logs of what serves them and of its database; how full others get, nobody knows. */
function logGroup(group: TemplateResource, stack: StackResources, traffic: Traffic): Charge[] {
  const isOfFirewall = ofType(stack, 'AWS::WAFv2::LoggingConfiguration').some(({ properties }) =>
    refersTo(properties.LogDestinationConfigs, group),
  );
  if (isOfFirewall) {
    return [];
  }
  if (!isFilledByShoppers(group, stack)) {
    return [byUse('logs', 'logGigabyte', 'as much as is written to it')];
  }
  return [
    charge('logs', 'logGigabyte', traffic.gigabytesOfShopLog),
    charge('logs', 'logStorageGigabyte', traffic.gigabytesOfShopLog * traffic.monthsKept),
  ];
}

function isFilledByShoppers(group: TemplateResource, stack: StackResources): boolean {
  const { LogGroupName: name } = group.properties;
  const isOfDatabase = typeof name === 'string' && /^\/aws\/rds\/cluster\/.*\/(postgresql|slowquery)$/.test(name);
  const serving = ofType(stack, 'AWS::ECS::Service').filter(
    ({ properties }) => listOf(properties.LoadBalancers).length > 0,
  );
  const definitions = ofType(stack, 'AWS::ECS::TaskDefinition').filter((definition) =>
    serving.some(({ properties }) => refersTo(properties.TaskDefinition, definition)),
  );
  return (
    isOfDatabase ||
    definitions.some(({ properties }) => refersTo(listOf(properties.ContainerDefinitions).map(logOptions), group))
  );
}

function logOptions(container: unknown): unknown {
  return at(container, 'LogConfiguration', 'Options');
}
