import { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  DesyncMitigationMode,
  SslPolicy,
  type ApplicationListener,
  type IApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import type { IAlertTopics } from '../core/alerts';
import { disposalOf } from '../core/disposal';
import { Problems } from '../core/errors';
import { keeps } from '../core/keeps';
import { LogStore } from '../core/log-store';
import type { Waiver } from '../core/waiver';
import type { INetwork } from '../network/network-ref';
import { OriginFacingPrefixList } from './origin-facing-prefix-list';

export interface PrivateLoadBalancerProps {
  /** Where it stands: in the application zone. */
  readonly network: INetwork;
  /** What it shows to CloudFront. */
  readonly certificate: ICertificate;
  /** Who answers. */
  readonly targetGroup: IApplicationTargetGroup;
  /** Key for the logs of the look-up of CloudFront's addresses. */
  readonly logsKey: IKey;
  /** @default - a `LogStore` of its own */
  readonly accessLogs?: LogStore;
  /** @default - looked up at deployment */
  readonly originFacingPrefixListId?: string;
  /** @default - nobody is told of a look-up that failed */
  readonly alerts?: IAlertTopics;
  /** @default - protected */
  readonly withoutDeletionProtection?: Waiver;
}

/**
 * Idle connections end after this. CloudFront waits for an origin up to 120 seconds without a raised quota, so an answer
 * that it still waits for is not cut off here.
 */
export const IDLE_TIMEOUT = Duration.seconds(120);

/**
 * A load balancer without a public address that takes HTTPS from CloudFront alone, with TLS 1.2 or 1.3 and key exchange
 * that later quantum computers do not break.
 */
export class PrivateLoadBalancer extends Construct {
  /** The load balancer. */
  public readonly loadBalancer: ApplicationLoadBalancer;
  /** Its only listener. */
  public readonly listener: ApplicationListener;

  public constructor(scope: Construct, id: string, props: PrivateLoadBalancerProps) {
    super(scope, id);
    const accessLogs = props.accessLogs ?? new LogStore(this, 'AccessLogs');
    refuseEncryptedLogs(this, accessLogs);
    const securityGroup = this.createSecurityGroup(props);
    this.loadBalancer = this.createLoadBalancer(scope, securityGroup, props);
    this.logInto(accessLogs);
    this.listener = this.loadBalancer.addListener('Https', {
      port: 443,
      protocol: ApplicationProtocol.HTTPS,
      certificates: [props.certificate],
      sslPolicy: SslPolicy.TLS13_12_RES_PQ,
      open: false,
      defaultTargetGroups: [props.targetGroup],
    });
  }

  private createSecurityGroup(props: PrivateLoadBalancerProps): SecurityGroup {
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.network.vpc,
      description: 'HTTPS from CloudFront to the private load balancer',
      allowAllOutbound: false,
    });
    const prefixListId = props.originFacingPrefixListId ?? this.lookUpPrefixList(props);
    // One rule only: the list weighs 55 of the 60 rules that a security group may have.
    securityGroup.addIngressRule(Peer.prefixList(prefixListId), Port.tcp(443), 'HTTPS from CloudFront');
    return securityGroup;
  }

  private lookUpPrefixList({ logsKey, alerts }: PrivateLoadBalancerProps): string {
    return new OriginFacingPrefixList(this, 'CloudFront', { key: logsKey, alerts }).prefixListId;
  }

  private createLoadBalancer(
    scope: Construct,
    securityGroup: SecurityGroup,
    { network, withoutDeletionProtection }: PrivateLoadBalancerProps,
  ): ApplicationLoadBalancer {
    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: network.vpc,
      vpcSubnets: { subnets: network.applicationSubnets },
      internetFacing: false,
      securityGroup,
      deletionProtection: keeps(
        scope,
        'load-balancer.deletion-protection',
        withoutDeletionProtection ?? disposalOf(this),
      ),
      dropInvalidHeaderFields: true,
      desyncMitigationMode: DesyncMitigationMode.STRICTEST,
      idleTimeout: IDLE_TIMEOUT,
    });
    // CDK writes the attribute only where it opens the door.
    loadBalancer.setAttribute('waf.fail_open.enabled', 'false');
    acknowledge(loadBalancer, {
      rules: ['ALBWAFEnabled'],
      because: 'The only way in is CloudFront, through its VPC origin; its web ACL has seen every request before.',
    });
    return loadBalancer;
  }

  /** CDK's own methods write statements of their own into the bucket's policy, and ask for a Region to be known. */
  private logInto(accessLogs: LogStore): void {
    accessLogs.letLoadBalancersWrite();
    for (const kind of ['access', 'connection']) {
      this.loadBalancer.setAttribute(`${kind}_logs.s3.enabled`, 'true');
      this.loadBalancer.setAttribute(`${kind}_logs.s3.bucket`, accessLogs.bucket.bucketName);
      this.loadBalancer.setAttribute(`${kind}_logs.s3.prefix`, kind);
    }
    if (accessLogs.bucket.policy !== undefined) {
      this.loadBalancer.node.addDependency(accessLogs.bucket.policy);
    }
  }
}

function refuseEncryptedLogs(scope: Construct, { bucket, node }: LogStore): void {
  const problems = new Problems(`PrivateLoadBalancer ${scope.node.path}`);
  problems.require(bucket.encryptionKey === undefined, {
    code: 'AccessLogsEncrypted',
    property: 'accessLogs',
    value: node.path,
    bound: 'be a LogStore without a key',
    remedy: 'Load balancers cannot write to a bucket with a KMS key: give one that is made without.',
  });
  problems.throwIfAny();
}
