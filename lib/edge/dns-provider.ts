import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { IAlertTopics } from '../core/alerts';
import type { Problems } from '../core/errors';

/** What differs between places where the names of a shop are kept. */
export interface DnsProvider {
  /** Records what nobody could deploy. */
  validate(problems: Problems): void;
  /** The certificate that visitors see, in us-east-1. */
  viewerCertificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate;
  /** The certificate that CloudFront sees, in the Region of the shop. */
  originCertificate(scope: Construct, alerts: IAlertTopics | undefined): ICertificate;
  /** Leads all hosts to the distribution. */
  leadTo(scope: Construct, distribution: IDistribution): void;
}
