import { Duration, Stack } from 'aws-cdk-lib';
import { CfnDistribution, CfnMonitoringSubscription, type IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import type { LogStore } from '../core/log-store';
import { physicalName } from '../core/physical-names';
import { weakly } from '../core/weak-reference';
import { requireUsEast1 } from './us-east-1';

/** What is watched, where its logs go and who is told. */
export interface DistributionTelemetryProps {
  /** The distribution. One that publishes additional metrics already cannot be watched: CloudFront knows one subscription. */
  readonly distribution: IDistribution;

  /** Where its access logs are kept, in any Region of the same account. */
  readonly logs: LogStore;

  /**
   * Who is told, by topics in us-east-1. While no visitor comes yet, the first message is that none does.
   *
   * @default - no alarms are created
   */
  readonly alerts?: IAlertTopics;

  /**
   * Whether hours without a visitor are nothing to report: a rehearsal, in which nobody works at night.
   *
   * @default false
   */
  readonly mayBeSilent?: boolean;
}

/**
 * What a log says of each request. It leaves out cookies, the query and the referring page, which hold sessions, reset
 * links and search terms of visitors, and what other servers claim about the visitor's address.
 */
const RECORD_FIELDS = [
  'date',
  'time',
  'x-edge-location',
  'x-edge-request-id',
  'x-edge-result-type',
  'x-edge-response-result-type',
  'x-edge-detailed-result-type',
  'c-ip',
  'c-port',
  'c-country',
  'cs-method',
  'cs-protocol',
  'cs-protocol-version',
  'cs(Host)',
  'x-host-header',
  'cs-uri-stem',
  'cs(User-Agent)',
  'cs-bytes',
  'sc-status',
  'sc-bytes',
  'sc-content-type',
  'sc-content-len',
  'ssl-protocol',
  'ssl-cipher',
  'time-taken',
  'time-to-first-byte',
];

/** A share of errors says nothing about fewer requests than this in five minutes. */
const FEWEST_REQUESTS = 20;

/**
 * Every request to a distribution is logged, without what is private in it, and somebody is told when visitors see errors,
 * wait or stay away. CloudFront offers both in us-east-1 alone, whatever the Region of the shop.
 *
 * Costs about 2.40 USD a month for CloudFront's additional metrics, and what S3 charges for the logs.
 */
export class DistributionTelemetry extends Construct {
  /** What delivers the access logs. */
  public readonly delivery: CfnDelivery;

  /** @throws BaselineError `NotInUsEast1` */
  public constructor(scope: Construct, id: string, props: DistributionTelemetryProps) {
    super(scope, id);
    const problems = new Problems(`DistributionTelemetry ${this.node.path}`);
    requireUsEast1(problems, this);
    problems.throwIfAny();
    const distributionId = weakly(props.distribution.distributionId);
    this.delivery = this.createDelivery(distributionId, props);
    this.watch(distributionId, props);
  }

  private createDelivery(distributionId: string, { distribution, logs }: DistributionTelemetryProps): CfnDelivery {
    logs.letLogDeliveryWrite();
    const source = new CfnDeliverySource(this, 'Source', {
      name: physicalName(this, 'accessLogSource'),
      logType: 'ACCESS_LOGS',
      resourceArn: Stack.of(this).formatArn({
        service: 'cloudfront',
        region: '',
        resource: 'distribution',
        resourceName: distributionId,
      }),
    });
    const bucket = logs.bucket.node.defaultChild as CfnBucket;
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: physicalName(this, 'accessLogDestination'),
      // With a prefix here, logs keep their place when the suffix below changes; without one they would move:
      // github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2274
      destinationResourceArn: `${weakly(bucket.attrArn)}/cloudfront`,
      outputFormat: 'json',
    });
    acknowledgeLogged(distribution);
    return new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: RECORD_FIELDS,
      s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
      s3EnableHiveCompatiblePath: false,
    });
  }

  private watch(distributionId: string, { alerts, mayBeSilent }: DistributionTelemetryProps): void {
    new CfnMonitoringSubscription(this, 'AdditionalMetrics', {
      distributionId,
      monitoringSubscription: { realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: 'Enabled' } },
    });
    const metric = (metricName: string, statistic: string, period = Duration.minutes(5)): Metric =>
      new Metric({
        namespace: 'AWS/CloudFront',
        metricName,
        // Without Region: Global there is no such metric, and the alarm never goes off.
        dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
        statistic,
        period,
      });
    addAlarm(this, 'ErrorsAlarm', alerts, {
      urgency: 'urgent',
      metric: new MathExpression({
        expression: `IF(requests >= ${FEWEST_REQUESTS}, errors, 0)`,
        label: '5xx errors, per cent',
        usingMetrics: { requests: metric('Requests', 'sum'), errors: metric('5xxErrorRate', 'avg') },
        period: Duration.minutes(5),
      }),
      threshold: 5,
      evaluationPeriods: 3,
      description:
        'For 15 minutes one visitor in twenty has seen an error. Read the log of the shop and the health of its targets; with 502, look at ' +
        'the certificate of the load balancer, with 504 at what the shop waits for.',
    });
    addAlarm(this, 'LatencyAlarm', alerts, {
      urgency: 'notice',
      metric: metric('OriginLatency', 'p90'),
      threshold: Duration.seconds(3).toMilliseconds(),
      evaluationPeriods: 6,
      description:
        'For half an hour one request in ten took the shop three seconds or more. Look at the database and at the load of its tasks.',
    });
    if (mayBeSilent === true) {
      return;
    }
    addAlarm(this, 'SilenceAlarm', alerts, {
      urgency: 'urgent',
      metric: metric('Requests', 'sum', Duration.hours(1)),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      evaluationPeriods: 3,
      description:
        'For three hours nobody has reached the shop, not even a robot. Before its opening that is so; afterwards, look at the records of ' +
        'its hosts, at the registration of the domain and at the certificate.',
    });
  }
}

/** On a distribution of this app; one of another app has nothing to acknowledge. */
function acknowledgeLogged(distribution: IDistribution): void {
  const resource = distribution.node.defaultChild as CfnDistribution | undefined;
  if (resource?.cfnResourceType === CfnDistribution.CFN_RESOURCE_TYPE_NAME) {
    acknowledge(distribution, {
      rules: ['AwsSolutions-CFR3'],
      unless: () => hasOlderLogging(resource),
      because:
        'Every request is logged by standard logging v2, which stands beside the distribution; this rule reads the older logging inside it, which needs a bucket with access control lists.',
    });
  }
}

function hasOlderLogging(distribution: CfnDistribution): boolean {
  const config = Stack.of(distribution).resolve(distribution.distributionConfig) as { readonly logging?: object };
  return config.logging !== undefined;
}
