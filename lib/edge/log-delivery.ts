import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { physicalName } from '../core/physical-names';

/** Which log groups AWS's log delivery may write to. */
export interface LogDeliveryPolicyProps {
  /**
   * Names of log groups. `*` may stand for a part.
   *
   * @default aws-waf-logs-* - every log group that a web ACL can write to
   */
  readonly logGroupNames?: string[];
}

/**
 * Lets AWS's log delivery write to log groups of this account and Region, for logs of this account alone.
 *
 * An account has room for ten such policies in a Region, which cannot be raised: have one for all, or let a firewall
 * make one of its own.
 */
export class LogDeliveryPolicy extends Construct {
  /** The policy. */
  public readonly policy: ResourcePolicy;

  public constructor(scope: Construct, id: string, props: LogDeliveryPolicyProps = {}) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const names = props.logGroupNames ?? ['aws-waf-logs-*'];
    this.policy = new ResourcePolicy(this, 'Policy', {
      resourcePolicyName: physicalName(this, 'logDeliveryPolicy'),
      policyStatements: [
        new PolicyStatement({
          principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: names.map((name) => `arn:${partition}:logs:${region}:${account}:log-group:${name}:log-stream:*`),
          conditions: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
          },
        }),
      ],
    });
  }
}

/** Who lets AWS's log delivery write the log of a firewall. */
export class LogDelivery {
  /** A policy of the firewall's own, for its log group alone: one of the ten of its account and Region. */
  public static ownPolicy(): LogDelivery {
    return new LogDelivery(true);
  }

  /** A `LogDeliveryPolicy` that the account has already. */
  public static accountPolicy(): LogDelivery {
    return new LogDelivery(false);
  }

  private constructor(
    /** Whether the firewall makes a policy. */
    public readonly makesPolicy: boolean,
  ) {}
}
