import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import type { DnsProvider } from './dns-provider';
import { ExternalDns, type ExternalDnsOptions } from './external-dns';
import { Route53Dns, type Route53Options } from './route53-dns';
import { requireUsEast1 } from './us-east-1';

/**
 * Where the names of a shop are kept, and who proves that they are its own. What nobody could deploy is refused when it
 * is used, so that a configuration can be judged as a whole: `HostInvalid`, `HostMissing`, `HostTooLong`, `HostTwice`,
 * `HostOutsideZone`, `HostedZoneIdInvalid`, `CertificateArnInvalid`.
 */
export class Dns {
  /** In Route 53: certificates are issued and renew themselves, and the records that lead to the shop are created. */
  public static route53(options: Route53Options): Dns {
    return new Dns(options.hosts, new Route53Dns(options), options);
  }

  /**
   * Anywhere else: certificates are issued beforehand and renewed by their owner, and the records to create are outputs
   * of the stack.
   */
  public static external(options: ExternalDnsOptions): Dns {
    return new Dns(options.hosts, new ExternalDns(options));
  }

  private constructor(
    /** The hosts of the shop, the canonical one first. */
    public readonly hosts: string[],
    private readonly provider: DnsProvider,
    /**
     * The zone, where it is in Route 53: what proves that mail is from the shop goes into it too.
     *
     * @internal
     */
    public readonly _zone?: Route53Options,
  ) {
    const problems = new Problems('Dns');
    provider.validate(problems);
    problems.keepWith(this);
  }

  /**
   * The certificate that visitors see.
   *
   * @param scope a construct of a stack in us-east-1
   * @param id what the certificate is called there
   * @param alerts who is told when it is about to end; nobody when left out
   * @throws BaselineError `NotInUsEast1`, and for hosts nobody could deploy
   */
  public viewerCertificate(scope: Construct, id: string, alerts?: IAlertTopics): ICertificate {
    const problems = this.problemsFor(`The viewer certificate ${scope.node.path}/${id}`);
    requireUsEast1(problems, scope);
    problems.throwIfAny();
    return this.provider.viewerCertificate(new Construct(scope, id), alerts);
  }

  /**
   * The certificate that the load balancer shows to CloudFront.
   *
   * @param scope a construct of a stack in the Region of the load balancer
   * @param id what the certificate is called there
   * @param alerts who is told when it is about to end; nobody when left out
   * @throws BaselineError `CertificateArnInvalid` when an issued certificate is of another Region
   */
  public originCertificate(scope: Construct, id: string, alerts?: IAlertTopics): ICertificate {
    this.problemsFor(`The origin certificate ${scope.node.path}/${id}`).throwIfAny();
    return this.provider.originCertificate(new Construct(scope, id), alerts);
  }

  /**
   * Leads all hosts to the distribution, or says in the stack's outputs how.
   *
   * @param scope where the records or outputs are created
   * @param id what they are called there
   * @param distribution the distribution of the shop
   */
  public leadTo(scope: Construct, id: string, distribution: IDistribution): void {
    this.problemsFor(`The records ${scope.node.path}/${id}`).throwIfAny();
    this.provider.leadTo(new Construct(scope, id), distribution);
  }

  private problemsFor(subject: string): Problems {
    const problems = new Problems(subject);
    problems.include(this);
    return problems;
  }
}
