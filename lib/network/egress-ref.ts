import type { CfnNatGateway, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnFirewall } from 'aws-cdk-lib/aws-networkfirewall';
import type { CfnFirewallRuleGroup } from 'aws-cdk-lib/aws-route53resolver';
import type { Construct, IDependable } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { LogStore } from '../core/log-store';
import type { EgressDestination } from './egress-destination';

/** What an egress gets of one Availability Zone. */
export interface EgressZone {
  /** The zone's name in this account. */
  readonly availabilityZone: string;

  /** Where code runs. Its route table has no route out: the egress adds it, or leaves it. */
  readonly applicationSubnet: ISubnet;

  /** A range of 16 addresses, free for a subnet of the egress's own. */
  readonly egressCidr: string;
}

/** A network as its egress sees it. */
export interface EgressNetwork {
  /** The VPC. An internet gateway is attached, and no route table leads to it. */
  readonly vpc: IVpc;

  /** The Availability Zones, two or three. */
  readonly zones: EgressZone[];

  /**
   * Everything else of the network. Depend on it before creating what is protected against removal: CloudFormation
   * cannot take that back when a first deployment fails.
   */
  readonly foundations: IDependable;

  /** Key for logs. */
  readonly key: IKey;

  /** Where logs go. */
  readonly logs?: LogStore;

  /** Who is told. */
  readonly alerts?: IAlertTopics;

  /** Whether filters are protected against being removed or detached by mistake. */
  readonly changeProtection: boolean;
}

/** What an egress created. */
export interface BoundEgress {
  /** Depend on it before calling out. */
  readonly ready: IDependable;

  /** What traffic leaves through, if it leaves. */
  readonly natGateway?: CfnNatGateway;

  /** What decides which names are answered, if anything does. */
  readonly dnsRuleGroup?: CfnFirewallRuleGroup;

  /** What inspects connections, if anything does. */
  readonly firewall?: CfnFirewall;
}

/**
 * The way out of a network: which traffic leaves, through what, and what stops the rest. `Egress` has four; write your
 * own where a company has a proxy or a transit gateway.
 */
export interface IEgress {
  /** What passes on purpose. Empty where nothing does, and where everything does. */
  readonly destinations: EgressDestination[];

  /** What it does not stop, in plain words. Stands in the evidence. */
  readonly doesNotStop: string;

  /**
   * Creates filters and routes for `network`. Called once for each network.
   *
   * @param scope where to create them
   * @param network what to create them for
   */
  bind(scope: Construct, network: EgressNetwork): BoundEgress;
}
