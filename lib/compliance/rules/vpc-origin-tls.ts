import { type ResourceRule } from '../rule';
import { every } from '../template-graph/cannot-tell';
import { together, unless } from '../verdict';

export const vpcOriginTls: ResourceRule = {
  name: 'vpc-origin-tls',
  severity: 'high',
  statement: 'CloudFront speaks TLS 1.2 into the network.',
  fix: 'Set the protocol policy of the VPC origin to https-only, and its protocols to TLSv1.2.',
  appliesTo: ['AWS::CloudFront::VpcOrigin'],
  judge: (origin) => {
    const policy = origin.at('VpcOriginEndpointConfig', 'OriginProtocolPolicy');
    const versions = origin.at('VpcOriginEndpointConfig', 'OriginSSLProtocols');
    return together(
      () => unless(policy.is('https-only'), `it is ${policy.describe()}`, policy),
      () =>
        unless(
          versions.isPresent && every(versions.items, (version) => version.is('TLSv1.2')),
          'it may use TLS 1.1 or older',
          versions,
        ),
    );
  },
};
