import { type ResourceRule } from '../rule';
import { every } from '../template-graph/cannot-tell';
import { about, compliant, together, unless } from '../verdict';

export const distributionOriginTls: ResourceRule = {
  name: 'distribution-origin-tls',
  severity: 'high',
  statement: 'CloudFront speaks TLS 1.2 to where it fetches pages.',
  fix: 'Set the protocol policy of the origin to https-only, and its minimum to TLS 1.2.',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge: (distribution) =>
    about(distribution.at('DistributionConfig', 'Origins').items, (origin) => {
      const custom = origin.at('CustomOriginConfig');
      if (!custom.isPresent) {
        return compliant();
      }
      const policy = custom.at('OriginProtocolPolicy');
      const versions = custom.at('OriginSSLProtocols');
      return together(
        () => unless(policy.is('https-only'), `an origin is fetched by ${policy.describe()}`, policy),
        () =>
          unless(
            versions.isPresent && every(versions.items, (version) => version.isOneOf('TLSv1.2', 'TLSv1.3')),
            'an origin may be asked by TLS 1.1 or older',
            versions,
          ),
      );
    }),
};
