import { Duration, type CfnResource } from 'aws-cdk-lib';
import {
  Certificate,
  CertificateValidation,
  KeyAlgorithm,
  type ICertificate,
} from 'aws-cdk-lib/aws-certificatemanager';
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { addAlarm, type IAlertTopics } from '../core/alerts';
import { Problems } from '../core/errors';
import { retain } from '../core/stateful';
import { requireHosts } from './hosts';
import { replacementDigest } from './replacement-digest';

/** What a certificate is for. */
export interface HostCertificateProps {
  /** The hosts. The first is the certificate's own name. */
  readonly hosts: string[];

  /** The public zone in Route 53 that all of them are in. */
  readonly hostedZone: IHostedZone;

  /**
   * Who is told when the certificate is not renewed.
   *
   * @default - no alarm is created
   */
  readonly alerts?: IAlertTopics;
}

/** Read by every client that shops and payment gateways have: RSA of the length NIST SP 800-131A asks for. */
const KEY_ALGORITHM = KeyAlgorithm.RSA_2048;

/** ACM renews 60 days before the end. When half of that has passed, something keeps it from doing so. */
const RENEWED_BY = 30;

/**
 * A certificate that renews itself, because the record that proves whose hosts these are stays in their zone. A CAA
 * record of the zone has to allow `amazon.com`, if there is one.
 *
 * Other hosts mean another certificate beside the old one, under another logical id, so that stacks which refer to it
 * weakly are deployed with it. The old one is retained in ACM, where it costs nothing: it may still be in use until then.
 */
export class HostCertificate extends Construct {
  /** The certificate. */
  public readonly certificate: Certificate;

  /** @throws BaselineError `HostInvalid`, `HostMissing`, `HostTooLong`, `HostTwice` */
  public constructor(scope: Construct, id: string, { hosts, hostedZone, alerts }: HostCertificateProps) {
    super(scope, id);
    const problems = new Problems(`HostCertificate ${this.node.path}`);
    requireHosts(problems, hosts);
    problems.throwIfAny();
    const [domainName = '', ...subjectAlternativeNames] = hosts;
    this.certificate = new Certificate(this, 'Certificate', {
      domainName,
      subjectAlternativeNames: subjectAlternativeNames.length > 0 ? subjectAlternativeNames : undefined,
      validation: CertificateValidation.fromDns(hostedZone),
      keyAlgorithm: KEY_ALGORITHM,
      transparencyLoggingEnabled: true,
    });
    const digest = replacementDigest(this, [hosts, hostedZone.hostedZoneId, KEY_ALGORITHM.name]);
    retain(this, this.certificate.node.defaultChild as CfnResource, `Certificate${digest}`);
    alertOnExpiry(this, this.certificate, alerts);
  }
}

/** Tells `alerts` when `certificate` is about to end, also one that nobody renews but its owner. */
export function alertOnExpiry(scope: Construct, certificate: ICertificate, alerts: IAlertTopics | undefined): void {
  addAlarm(scope, 'ExpiryAlarm', alerts, {
    // There are thirty days left.
    urgency: 'notice',
    metric: new Metric({
      namespace: 'AWS/CertificateManager',
      metricName: 'DaysToExpiry',
      dimensionsMap: { CertificateArn: certificate.certificateArn },
      statistic: 'min',
      period: Duration.days(1),
    }),
    threshold: RENEWED_BY,
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    description:
      `The certificate of the shop ends in ${RENEWED_BY} days and was not renewed. Find in ACM which record is missing from the ` +
      'zone, or import a new certificate; without one, no visitor gets in.',
  });
}
