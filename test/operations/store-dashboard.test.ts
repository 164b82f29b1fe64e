import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { OrdersMetric, StoreDashboard, type StoreDashboardProps } from '../../lib';
import { operations } from '../cases/operations';
import { refusal } from '../support/refusal';
import { foreignStack } from '../support/stack';
import { appOf, storeOf } from '../support/stores';

interface Widget {
  readonly type: 'metric' | 'text';
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly region?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] };
  };
}

/** What the console reads; references are put in as `<ref>`. */
function widgetsIn(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard')) as {
    Properties: { DashboardBody: string | { 'Fn::Join': [string, unknown[]] } };
  }[];
  const { DashboardBody: body } = dashboard.Properties;
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '<ref>')).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

function shown(props?: StoreDashboardProps): Widget[] {
  const stack = foreignStack();
  new StoreDashboard(stack, 'Dashboard', props);
  return widgetsIn(Template.fromStack(stack));
}

function titled(widgets: readonly Widget[], title: RegExp): Widget {
  const [found, ...others] = widgets.filter(({ properties }) =>
    title.test(properties.title ?? properties.markdown ?? ''),
  );
  expect(others).toEqual([]);
  return found;
}

const loaded = foreignStack();
operations.StoreDashboard.loaded(loaded);
const everything = widgetsIn(Template.fromStack(loaded));

test('says that orders are not measured, unless somebody says how', () => {
  expect(titled(shown(), /^## Orders: not measured/).type).toBe('text');
  expect(shown().filter(({ properties }) => /^Orders/.test(properties.title ?? ''))).toEqual([]);
});

test('shows orders a minute by the line that the shop logs', () => {
  Template.fromStack(loaded).hasResourceProperties('AWS::Logs::MetricFilter', {
    LogGroupName: 'shop',
    FilterPattern: '{ $.event = "order.placed" }',
    MetricTransformations: [{ MetricName: Match.stringLikeRegexp('^Orders-'), MetricValue: '1', DefaultValue: 0 }],
  });
  const { metrics = [] } = titled(everything, /^Orders a minute/).properties;
  expect(JSON.stringify(metrics)).toContain('"expression":"orders / PERIOD(orders) * 60"');
});

test('shows orders by a metric of the shop', () => {
  const metric = new Metric({ namespace: 'Shop', metricName: 'OrdersPlaced', statistic: 'sum' });
  const { metrics } = titled(shown({ orders: OrdersMetric.ofMetric(metric) }), /^Orders a minute/).properties;
  expect(JSON.stringify(metrics)).toContain('"Shop","OrdersPlaced"');
});

test('looks for the line in another log group when one is named', () => {
  const stack = foreignStack();
  const logGroup = LogGroup.fromLogGroupName(stack, 'Worker', 'worker');
  new StoreDashboard(stack, 'Dashboard', { orders: OrdersMetric.logLine('order', logGroup) });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::MetricFilter', { LogGroupName: 'worker' });
  expect(widgetsIn(Template.fromStack(stack)).length).toBeGreaterThan(1);
});

test('refuses a line without a log in which to look for it', () => {
  const without = refusal(['OrdersLogMissing'], 'Give shopLog to the dashboard');
  expect(() => shown({ orders: OrdersMetric.logLine('order') })).toThrow(without);
});

test.each([
  ['errors', /error of the shop/, '5xxErrorRate'],
  ['waiting', /takes to answer/, 'OriginLatency'],
  ['the cache', /cache/, 'CacheHitRate'],
  ['visitors', /visitors asked/, 'Requests'],
  ['refused requests', /firewall refused/, 'BlockedRequests'],
  ['cost', /^Cost/, 'EstimatedCharges'],
])('reads %s where AWS counts them, in us-east-1', (_, title, metricName) => {
  const { metrics = [] } = titled(everything, title).properties;
  const read = metrics.filter(([, name]) => name === metricName);
  expect(read.length).toBeGreaterThan(0);
  expect(read.map((metric) => metric[metric.length - 1])).toEqual(
    read.map(() => expect.objectContaining({ region: 'us-east-1' }) as unknown),
  );
});

test.each([
  ['tasks that run beside those that should', /tasks/, ['RunningTaskCount', 'DesiredTaskCount']],
  ['how hard the database works', /^Database/, ['ACUUtilization', 'ServerlessDatabaseCapacity']],
])('shows %s', (_, title, metricNames) => {
  const { metrics = [] } = titled(everything, title).properties;
  expect(metrics.map(([, name]) => name)).toEqual(metricNames);
});

test('draws the budget beside the cost, and none where there is none', () => {
  expect(titled(everything, /^Cost/).properties.annotations?.horizontal).toEqual([
    expect.objectContaining({ value: 10 }),
  ]);
  expect(titled(shown(), /^Cost/).properties.annotations).toBeUndefined();
});

test('leaves out what it was not given', () => {
  expect(shown()).toHaveLength(3);
});

test('the dashboard of a store shows everything, under the name that people know', () => {
  const app = appOf({ acme: storeOf({ orders: OrdersMetric.logLine('placed') }) });
  const stack = app.node.findChild('acme-production').node.findChild('Application') as Stack;
  const template = Template.fromStack(stack);
  const titles = widgetsIn(template).map(({ properties }) => properties.title ?? properties.markdown?.split('\n')[0]);
  const fromForeign = everything.map(({ properties }) => properties.title ?? properties.markdown?.split('\n')[0]);
  expect(titles).toEqual(fromForeign);
  expect(titles[0]).toBe('# Acme Supplies');
  template.hasOutput('DashboardUrl', {});
});
