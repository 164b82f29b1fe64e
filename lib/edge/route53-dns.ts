import { Token } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, HostedZone, RecordTarget, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { Problems } from '../core/errors';
import type { DnsProvider } from './dns-provider';
import { HostCertificate } from './host-certificate';
import { requireHosts } from './hosts';

/** Hosts whose zone is in Route 53, in this account. */
export interface Route53Options {
  /** The hosts of the shop. The first is the canonical one; visitors of the others are sent to it. */
  readonly hosts: string[];

  /** Id of the public hosted zone that all hosts are in: `Z0123456789ABCDEFGHIJ`. */
  readonly hostedZoneId: string;

  /** Name of that zone: `acme.example`. */
  readonly zoneName: string;
}

/** Certificates that are issued and renew themselves, and alias records for IPv4 and IPv6. */
export class Route53Dns implements DnsProvider {
  public constructor(private readonly options: Route53Options) {}

  public validate(problems: Problems): void {
    requireHosts(problems, this.options.hosts);
    requireZone(problems, this.options);
  }

  public viewerCertificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate {
    return this.certificate(scope, alerts);
  }

  public originCertificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate {
    return this.certificate(scope, alerts);
  }

  public leadTo(scope: Construct, distribution: IDistribution): void {
    const zone = this.zone(scope);
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    for (const host of this.options.hosts) {
      // By host and not by number: two records that swap their names would each find the other's in the way.
      const records = new Construct(scope, host);
      new ARecord(records, 'A', { zone, recordName: `${host}.`, target });
      new AaaaRecord(records, 'Aaaa', { zone, recordName: `${host}.`, target });
    }
  }

  private certificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate {
    const { hosts } = this.options;
    return new HostCertificate(scope, 'Issued', { hosts, hostedZone: this.zone(scope), alerts }).certificate;
  }

  private zone(scope: Construct): IHostedZone {
    const { hostedZoneId, zoneName } = this.options;
    return HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId, zoneName });
  }
}

function requireZone(problems: Problems, { hosts, hostedZoneId, zoneName }: Route53Options): void {
  hosts.forEach((host, index) => {
    const known = !Token.isUnresolved(host) && !Token.isUnresolved(zoneName);
    problems.require(!known || host === zoneName || host.endsWith(`.${zoneName}`), {
      code: 'HostOutsideZone',
      property: `hosts[${index}]`,
      value: host,
      bound: `be ${zoneName} or end with .${zoneName}`,
      remedy: 'Name the zone this host is in, or give this host a distribution of its own.',
    });
  });
  problems.require(Token.isUnresolved(hostedZoneId) || /^Z[A-Z0-9]{1,31}$/.test(hostedZoneId), {
    code: 'HostedZoneIdInvalid',
    property: 'hostedZoneId',
    value: hostedZoneId,
    bound: 'be the id of a hosted zone: Z and up to 31 capital letters and digits',
    remedy: 'Copy it from the zone\'s details in Route 53, without "/hostedzone/".',
  });
}
