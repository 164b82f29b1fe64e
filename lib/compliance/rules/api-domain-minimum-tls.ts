import { type ResourceRule } from '../rule';
import { about, unless } from '../verdict';

export const apiDomainMinimumTls: ResourceRule = {
  name: 'api-domain-minimum-tls',
  severity: 'high',
  statement: 'The domain of an API speaks TLS 1.2 or newer.',
  fix: 'Set SecurityPolicy to TLS_1_2, or to a newer one.',
  appliesTo: ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'],
  judge: (domain) => {
    const configurations =
      domain.type === 'AWS::ApiGateway::DomainName' ? [domain.at()] : domain.at('DomainNameConfigurations').items;
    return about(configurations, (each) => {
      const policy = each.at('SecurityPolicy');
      return unless(
        /^(TLS_1_[23]|SecurityPolicy_TLS1[23])/.test(policy.plain ?? ''),
        `its policy is ${policy.describe()}`,
        policy,
      );
    });
  },
};
