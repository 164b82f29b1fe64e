import { type ResourceRule } from '../rule';
import { objection, together, unless } from '../verdict';

/** Security policies that refuse TLS 1.1 and older, and ciphers without forward secrecy. */
const MODERN = ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'];

export const distributionMinimumTls: ResourceRule = {
  name: 'distribution-minimum-tls',
  severity: 'high',
  statement: 'Visitors speak TLS 1.2 or newer to CloudFront, with forward secrecy.',
  fix: 'Give the distribution a certificate of its own, and minimumProtocolVersion TLSv1.2_2021 or newer.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution) => {
    const certificate = distribution.at('DistributionConfig', 'ViewerCertificate');
    const version = certificate.at('MinimumProtocolVersion');
    return together(() =>
      // CloudFront's own certificate comes with TLSv1, whatever the distribution says.
      !certificate.isPresent || certificate.at('CloudFrontDefaultCertificate').isTrue
        ? objection('the certificate is that of *.cloudfront.net, with which CloudFront accepts TLS 1.0', certificate)
        : unless(version.isOneOf(...MODERN), `the minimum is ${version.describe()}`, version),
    );
  },
};
