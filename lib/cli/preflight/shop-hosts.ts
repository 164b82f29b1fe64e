import { resourcesOf, type PlacedResource, type StoreAssembly } from '../store-assembly';
import { at, listOf, textOf } from '../template-text';

/** A certificate that somebody issued beforehand, and what it is shown for. */
export interface ExternalCertificate {
  readonly arn: string;
  /** The Region in which it has to be. */
  readonly region: string;
  /** Who shows it. */
  readonly shownBy: 'CloudFront' | 'the load balancer';
}

/** What the templates say of the names of a shop. */
export interface ShopHosts {
  readonly hosts: readonly string[];
  /** Id of the zone of Route 53 in which records are made; undefined when the names are kept elsewhere. */
  readonly hostedZoneId?: string;
  /** Whether certificates are still to be issued. */
  readonly issues: boolean;
  readonly certificates: readonly ExternalCertificate[];
}

/** The names of the shop, read from its distribution, its records and its listeners. */
export function shopHostsOf(store: StoreAssembly): ShopHosts {
  const resources = resourcesOf(store);
  const ofType = (type: string): PlacedResource[] => resources.filter((resource) => resource.type === type);
  const distributions = ofType('AWS::CloudFront::Distribution');
  const hosts = distributions.flatMap(({ properties }) => listOf(at(properties, 'DistributionConfig', 'Aliases')));
  const viewer = distributions.map(({ properties, stack }) => ({
    arn: textOf(at(properties, 'DistributionConfig', 'ViewerCertificate', 'AcmCertificateArn'), stack),
    region: 'us-east-1',
    shownBy: 'CloudFront' as const,
  }));
  const origin = ofType('AWS::ElasticLoadBalancingV2::Listener').flatMap(({ properties, stack }) =>
    listOf(properties.Certificates).map((certificate) => ({
      arn: textOf(at(certificate, 'CertificateArn'), stack),
      region: stack.region,
      shownBy: 'the load balancer' as const,
    })),
  );
  const zones = ofType('AWS::Route53::RecordSet').map(({ properties, stack }) =>
    textOf(properties.HostedZoneId, stack),
  );
  return {
    hosts: hosts.filter((host) => typeof host === 'string'),
    hostedZoneId: zones.find((zone) => zone !== undefined),
    issues: ofType('AWS::CertificateManager::Certificate').length > 0,
    certificates: [...viewer, ...origin].flatMap(({ arn, ...rest }) => (arn === undefined ? [] : [{ arn, ...rest }])),
  };
}
