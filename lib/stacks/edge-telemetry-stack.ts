import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { StoreEnvironment } from '../core/identity';
import type { LogStore } from '../core/log-store';
import { DistributionTelemetry } from '../edge/distribution-telemetry';
import { StoreStack, type StoreStackProps } from './store-stack';

/** What is watched, and where it is written down. */
export interface EdgeTelemetryStackProps extends StoreStackProps {
  /** The distribution. */
  readonly distribution: IDistribution;

  /** Where its access logs go, in the home Region. */
  readonly logs: LogStore;

  /** Who is told, in us-east-1. */
  readonly alerts: IAlertTopics;
}

/** In us-east-1, where CloudFront counts: delivery of the distribution's logs, and its alarms. */
export class EdgeTelemetryStack extends StoreStack {
  /** Delivery and alarms. */
  public readonly telemetry: DistributionTelemetry;

  public constructor(scope: Construct, id: string, props: EdgeTelemetryStackProps) {
    super(scope, id, props, {
      role: 'edge-telemetry',
      description: 'Access logs and alarms of the distribution',
      stateful: false,
    });
    const { distribution, logs, alerts } = props;
    const mayBeSilent = this.identity.environment === StoreEnvironment.STAGING;
    this.telemetry = new DistributionTelemetry(this, 'Telemetry', { distribution, logs, alerts, mayBeSilent });
  }
}
