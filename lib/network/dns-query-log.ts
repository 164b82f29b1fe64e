import {
  CfnResolverQueryLoggingConfig,
  CfnResolverQueryLoggingConfigAssociation,
} from 'aws-cdk-lib/aws-route53resolver';
import { Construct, type IDependable } from 'constructs';
import { createLogGroup, letLogDeliveryWrite, writable, type LogTarget } from './network-logs';

/** Whose look-ups are written down, and where. */
export interface DnsQueryLogProps extends LogTarget {
  /** The VPC. */
  readonly vpcId: string;
}

/** Writes down which names were looked up in a VPC, by which address, and what the DNS firewall made of it. */
export class DnsQueryLog extends Construct {
  /** What ties the log to the VPC. */
  public readonly association: CfnResolverQueryLoggingConfigAssociation;

  public constructor(scope: Construct, id: string, { vpcId, ...target }: DnsQueryLogProps) {
    super(scope, id);
    const { destinationArn, ready } = this.destination(target);
    const config = new CfnResolverQueryLoggingConfig(this, 'Resource', { destinationArn });
    config.node.addDependency(ready);
    this.association = new CfnResolverQueryLoggingConfigAssociation(this, 'Association', {
      resolverQueryLogConfigId: config.attrId,
      resourceId: vpcId,
    });
  }

  private destination({ key, logs }: LogTarget): { destinationArn: string; ready: IDependable } {
    if (logs !== undefined) {
      return { destinationArn: logs.bucket.bucketArn, ready: writable(logs) };
    }
    const logGroup = createLogGroup(this, 'Logs', key);
    return { destinationArn: logGroup.logGroupArn, ready: letLogDeliveryWrite(this, [logGroup]) };
  }
}
