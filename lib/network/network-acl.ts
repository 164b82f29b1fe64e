import { CfnNetworkAcl, CfnNetworkAclEntry, CfnSubnetNetworkAclAssociation, type CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import type { CidrPlan } from './cidr-plan';
import { ANYWHERE } from './route-out';

/** One line of a list: what is let through, or refused. */
export interface AclRule {
  readonly action: 'allow' | 'deny';
  readonly cidr: string;
  /** @default - every protocol */
  readonly protocol?: 'tcp' | 'udp';
  /** First and last port. @default - every port */
  readonly ports?: readonly [number, number];
}

/** The lists of a zone, judged from the first rule to the last; what no rule names is refused. */
export interface AclRules {
  readonly inbound: readonly AclRule[];
  readonly outbound: readonly AclRule[];
}

/** IANA protocol numbers, and AWS's for every protocol. */
const PROTOCOLS = { tcp: 6, udp: 17, every: -1 };

const DNS = 53;
const DNS_OVER_TLS = 853;
const MAIL = [25, 465, 587];

/** The network ACL of a zone: stateless, and beyond the reach of whoever may change security groups. */
export class ZoneAcl extends Construct {
  public constructor(scope: Construct, id: string, vpcId: string, subnets: readonly CfnSubnet[], rules: AclRules) {
    super(scope, id);
    const acl = new CfnNetworkAcl(this, 'Resource', { vpcId });
    rules.inbound.forEach((rule, index) => createEntry(this, `Inbound${index + 1}`, acl, rule, index, false));
    rules.outbound.forEach((rule, index) => createEntry(this, `Outbound${index + 1}`, acl, rule, index, true));
    subnets.forEach((subnet, index) => {
      new CfnSubnetNetworkAclAssociation(this, `Association${index + 1}`, {
        networkAclId: acl.attrId,
        subnetId: subnet.attrSubnetId,
      });
    });
    acknowledge(this, {
      rules: ['AwsSolutions-VPC3'],
      because:
        'A handful of rules per zone that name whole zones: a second line behind the security groups, which stand for the ' +
        'fine rules. They refuse name servers and mail outside, which no security group of a workload can open again.',
    });
  }
}

/**
 * What the application zone exchanges: anything inside the VPC; outwards HTTPS, and answers. Never a name server or a
 * mail server, inside or out; the VPC's own resolver does not pass network ACLs.
 */
export function applicationRules(vpcCidr: string): AclRules {
  const refused = [DNS, DNS_OVER_TLS, ...MAIL].map((port) => deny('tcp', port));
  return {
    inbound: [
      { action: 'allow', cidr: vpcCidr },
      // Answers from outside arrive at the ports that Lambda and Fargate call from. Nothing calls from the port of
      // remote desktops often enough to open it to the world.
      { action: 'allow', cidr: ANYWHERE, protocol: 'tcp', ports: [1024, 3388] },
      { action: 'allow', cidr: ANYWHERE, protocol: 'tcp', ports: [3390, 65535] },
    ],
    outbound: [
      ...refused,
      deny('udp', DNS),
      deny('udp', DNS_OVER_TLS),
      { action: 'allow', cidr: vpcCidr },
      { action: 'allow', cidr: ANYWHERE, protocol: 'tcp', ports: [443, 443] },
      // Answers to CloudFront: a VPC origin is not judged on its way in, but on its way back.
      { action: 'allow', cidr: ANYWHERE, protocol: 'tcp', ports: [1024, 65535] },
    ],
  };
}

/** What the data zone exchanges: anything with the application zone, and among itself. */
export function dataRules({ application, data }: CidrPlan): AclRules {
  const inside: AclRule[] = [application, data].map((cidr) => ({ action: 'allow', cidr }));
  return { inbound: inside, outbound: inside };
}

function deny(protocol: 'tcp' | 'udp', port: number): AclRule {
  return { action: 'deny', cidr: ANYWHERE, protocol, ports: [port, port] };
}

function createEntry(
  scope: Construct,
  id: string,
  acl: CfnNetworkAcl,
  { action, cidr, protocol, ports }: AclRule,
  index: number,
  egress: boolean,
): void {
  new CfnNetworkAclEntry(scope, id, {
    networkAclId: acl.attrId,
    ruleNumber: (index + 1) * 10,
    egress,
    ruleAction: action,
    cidrBlock: cidr,
    protocol: PROTOCOLS[protocol ?? 'every'],
    portRange: ports === undefined ? undefined : { from: ports[0], to: ports[1] },
  });
}
