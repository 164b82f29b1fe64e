import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const mailTls: ResourceRule = {
  name: 'mail-tls',
  severity: 'medium',
  statement: 'Mail is delivered over TLS or not at all.',
  fix: 'Set the TLS policy of the configuration set to REQUIRE.',
  appliesTo: ['AWS::SES::ConfigurationSet'],
  judge: (set) => {
    const policy = set.at('DeliveryOptions', 'TlsPolicy');
    return unless(
      policy.isOneOf('REQUIRE', 'Require'),
      'mail goes in the open where the other side has no TLS',
      policy,
    );
  },
};
