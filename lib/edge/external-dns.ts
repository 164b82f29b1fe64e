import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import type { DnsProvider } from './dns-provider';
import { alertOnExpiry } from './host-certificate';
import { requireHosts } from './hosts';
import { US_EAST_1 } from './us-east-1';

/** Hosts whose zone is anywhere but in Route 53 of this account. */
export interface ExternalDnsOptions {
  /** The hosts of the shop. The first is the canonical one; visitors of the others are sent to it. */
  readonly hosts: string[];

  /** ARN of an issued certificate in us-east-1 for all of the hosts: visitors see it. */
  readonly viewerCertificateArn: string;

  /** ARN of an issued certificate in the Region of the shop for all of the hosts: CloudFront sees it. */
  readonly originCertificateArn: string;
}

/** Certificates that somebody else issued, and the records to create as outputs of the stack. */
export class ExternalDns implements DnsProvider {
  public constructor(private readonly options: ExternalDnsOptions) {}

  public validate(problems: Problems): void {
    const { hosts, viewerCertificateArn, originCertificateArn } = this.options;
    requireHosts(problems, hosts);
    requireCertificate(problems, 'viewerCertificateArn', viewerCertificateArn, US_EAST_1);
    requireCertificate(problems, 'originCertificateArn', originCertificateArn);
  }

  public viewerCertificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate {
    return issued(scope, this.options.viewerCertificateArn, alerts);
  }

  public originCertificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate {
    const { region } = Stack.of(scope);
    const problems = new Problems(`The origin certificate ${scope.node.path}`);
    const known = Token.isUnresolved(region) ? undefined : region;
    requireCertificate(problems, 'originCertificateArn', this.options.originCertificateArn, known);
    problems.throwIfAny();
    return issued(scope, this.options.originCertificateArn, alerts);
  }

  public leadTo(scope: Construct, distribution: IDistribution): void {
    for (const host of this.options.hosts) {
      new CfnOutput(scope, host, {
        value: `${host}. CNAME ${distribution.distributionDomainName}.`,
        description: `Create this record where ${host} is kept; at the apex of a zone an ALIAS or ANAME in its place`,
      });
    }
  }
}

function issued(scope: Construct, arn: string, alerts: IAlertTopics | undefined): ICertificate {
  const certificate = Certificate.fromCertificateArn(scope, 'Certificate', arn);
  alertOnExpiry(scope, certificate, alerts);
  return certificate;
}

function requireCertificate(problems: Problems, property: string, arn: string, region?: string): void {
  const pattern = new RegExp(`^arn:[a-z-]+:acm:${region ?? '[a-z0-9-]+'}:[0-9]{12}:certificate/[0-9a-zA-Z-]+$`);
  const where =
    region === US_EAST_1 ? `${US_EAST_1}, where CloudFront looks for it` : (region ?? 'the Region of the shop');
  problems.require(Token.isUnresolved(arn) || pattern.test(arn), {
    code: 'CertificateArnInvalid',
    property,
    value: arn,
    bound: `be the ARN of an ACM certificate in ${where}`,
    remedy: 'Issue or import the certificate in that Region, and copy its ARN.',
  });
}
