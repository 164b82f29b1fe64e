import { type Template } from 'aws-cdk-lib/assertions';

interface Alarm {
  readonly MetricName?: string;
  readonly Threshold: number;
  readonly TreatMissingData: string;
  readonly Namespace?: string;
  readonly Dimensions?: readonly object[];
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: { readonly MetricName: string } } }[];
}

/** The alarms whose logical ids match `ids`, as CloudFormation takes them. */
export function alarmsIn(template: Template, ids: RegExp): Alarm[] {
  return Object.entries(template.findResources('AWS::CloudWatch::Alarm'))
    .filter(([id]) => ids.test(id))
    .map(([, { Properties }]) => Properties as Alarm);
}

/** What an alarm looks at, of several metrics all; from where on it rings, and what silence means. */
export function boundOf({ MetricName, Metrics = [], Threshold, TreatMissingData }: Alarm): unknown[] {
  const read = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []);
  return [MetricName ?? read.join(' + '), Threshold, TreatMissingData];
}
