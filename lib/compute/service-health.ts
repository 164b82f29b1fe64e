import { Duration } from 'aws-cdk-lib';
import { Protocol, type HealthCheck } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** How the load balancer finds out whether a task can serve. */
export interface ServiceHealth {
  /**
   * What it asks for. A page that needs the database takes the whole shop down with it: ask for one that does not.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * HTTP statuses that mean a task can serve.
   *
   * @default '200-399'
   */
  readonly healthyHttpCodes?: string;

  /**
   * How often it asks.
   *
   * @default - every 15 seconds
   */
  readonly interval?: Duration;

  /**
   * How long it waits for an answer.
   *
   * @default - 5 seconds
   */
  readonly timeout?: Duration;

  /**
   * How long a new task may fail before it counts: the time the shop takes to start.
   *
   * @default - 2 minutes
   */
  readonly gracePeriod?: Duration;
}

/** The check as the load balancer takes it. */
export function healthCheckOf({ path, healthyHttpCodes, interval, timeout }: ServiceHealth): HealthCheck {
  return {
    // The port speaks nothing else; what AWS takes by default depends on which of its pages one reads.
    protocol: Protocol.HTTPS,
    path: path ?? '/',
    healthyHttpCodes: healthyHttpCodes ?? '200-399',
    interval: interval ?? Duration.seconds(15),
    timeout: timeout ?? Duration.seconds(5),
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 3,
  };
}
