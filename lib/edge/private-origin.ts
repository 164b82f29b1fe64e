import { Duration, type CfnResource } from 'aws-cdk-lib';
import { OriginProtocolPolicy, OriginSslPolicy, VpcOrigin, VpcOriginEndpoint } from 'aws-cdk-lib/aws-cloudfront';
import { VpcOrigin as VpcOriginOf } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, type IDependable } from 'constructs';
import { physicalName } from '../core/physical-names';

export interface PrivateOriginProps {
  /** The load balancer. */
  readonly loadBalancer: IApplicationLoadBalancer;
  /**
   * What has to stand before CloudFront reaches into the VPC.
   *
   * @default - nothing
   */
  readonly ready?: IDependable;
  /** How long it may take to answer. */
  readonly responseTimeout: Duration;
}

/** Half of the minute after which a load balancer closes an idle connection: CloudFront never uses a closed one. */
const KEEPALIVE = Duration.seconds(30);

/** TLS 1.2 is the newest that CloudFront speaks to an origin. */
const PROTOCOL = { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY, originSslProtocols: [OriginSslPolicy.TLS_V1_2] };

/**
 * CloudFront's way to an internal load balancer: through a network interface inside the VPC, over TLS on port 443. The
 * load balancer shows a certificate for the host the visitor asked for; CloudFront refuses any other.
 */
export class PrivateOrigin extends Construct {
  /** The VPC origin. */
  public readonly vpcOrigin: VpcOrigin;
  /** The load balancer as an origin of a distribution. */
  public readonly origin: VpcOriginOf;

  public constructor(scope: Construct, id: string, { loadBalancer, ready, responseTimeout }: PrivateOriginProps) {
    super(scope, id);
    this.vpcOrigin = new VpcOrigin(this, 'VpcOrigin', {
      ...PROTOCOL,
      endpoint: VpcOriginEndpoint.applicationLoadBalancer(loadBalancer),
      httpsPort: 443,
      vpcOriginName: physicalName(this, 'vpcOrigin'),
    });
    // CloudFront refuses any change to a VPC origin that is in use, also of a tag: github.com/aws/aws-cdk/issues/35765
    (this.vpcOrigin.node.defaultChild as CfnResource).addPropertyDeletionOverride('Tags');
    if (ready !== undefined) {
      this.vpcOrigin.node.addDependency(ready);
    }
    this.origin = VpcOriginOf.withVpcOrigin(this.vpcOrigin, {
      readTimeout: responseTimeout,
      keepaliveTimeout: KEEPALIVE,
    });
  }
}

/** What CloudFront cannot change while the origin is in use: another of these needs another VPC origin. */
export function replacesPrivateOrigin({ loadBalancer }: PrivateOriginProps): unknown {
  return [loadBalancer.loadBalancerArn, PROTOCOL];
}
