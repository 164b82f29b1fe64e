import { Stack, type Environment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LogDeliveryPolicy } from '../edge/log-delivery';

/** Which account and Region. */
export interface AccountStackProps {
  /** Account and Region. */
  readonly env: Environment;
}

/**
 * What exists once in an account and Region, whatever the number of stores in it: the policy by which AWS's log
 * delivery writes the logs of web ACLs, of which an account may have ten.
 */
export class AccountStack extends Stack {
  /** Lets log delivery write to the log groups of web ACLs. */
  public readonly logDelivery: LogDeliveryPolicy;

  public constructor(scope: Construct, id: string, { env }: AccountStackProps) {
    super(scope, id, {
      env,
      stackName: 'commerce-account',
      description: 'What exists once in an account and Region (cdk-commerce-baseline)',
      terminationProtection: true,
      analyticsReporting: false,
    });
    this.logDelivery = new LogDeliveryPolicy(this, 'LogDelivery');
  }
}
